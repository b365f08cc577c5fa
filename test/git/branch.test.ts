import assert from "node:assert/strict";
import { branchOf } from "../../src/git/branch";
import { readReflog } from "../../src/git/reflog";
import { openRepo, type Repo } from "../../src/git/repo";
import { onGitCall } from "../../src/git/trace";
import { TestRepo } from "../kit/repo";

async function open(dir: string): Promise<Repo> {
  const opened = await openRepo(dir);
  assert.ok(opened.ok);
  return opened.value;
}

describe("the branch that a name stands for", () => {
  it("is what git says, in every kind of worktree", async () => {
    const repo = TestRepo.init();
    repo.commit("start", { "a.txt": "a\n" });
    const start = repo.git("rev-parse", "HEAD");
    repo.git("branch", "agent/csv");
    repo.git("tag", "v1");
    const linked = `${repo.dir}.linked`;
    repo.git("worktree", "add", "-q", linked, "agent/csv");
    const detached = `${repo.dir}.detached`;
    repo.git("worktree", "add", "-q", "--detach", detached);
    const unborn = TestRepo.init();
    const bare = `${repo.dir}.bare`;
    repo.git("clone", "-q", "--bare", ".", bare);
    const cases: readonly [dir: string, name: string, branch: string | null][] = [
      [repo.dir, "HEAD", "main"],
      [linked, "HEAD", "agent/csv"],
      [detached, "HEAD", null],
      [unborn.dir, "HEAD", "main"],
      [bare, "HEAD", "main"],
      [repo.dir, "agent/csv", "agent/csv"],
      [repo.dir, "refs/heads/agent/csv", "agent/csv"],
      [repo.dir, "@", "main"],
      [repo.dir, "v1", null],
      [repo.dir, "agent/csv~0", null],
      [repo.dir, "gone", null],
      [repo.dir, start, null],
    ];
    for (const [dir, name, branch] of cases)
      assert.equal(await branchOf(await open(dir), name), branch, `${name} in ${dir}`);
    // However the branch is called that git takes for a commit.
    repo.git("branch", start, "main");
    assert.equal(await branchOf(await open(repo.dir), start), null);
  });

  it("and a ref that has no log are found out without git", async () => {
    const repo = TestRepo.init();
    repo.commit("start", { "a.txt": "a\n" });
    const opened = await open(repo.dir);
    const calls: string[] = [];
    const listening = onGitCall(({ args }) => calls.push(args.join(" ")));
    try {
      assert.equal(await branchOf(opened, "HEAD"), "main");
      assert.deepEqual(await readReflog(opened, "refs/remotes/origin/main"), []);
      assert.equal((await readReflog(opened, "refs/heads/main")).length, 1);
    } finally {
      listening.dispose();
    }
    assert.deepEqual(calls, []);
  });
});
