import assert from "node:assert/strict";
import { countAheadBehind } from "../../src/git/aheadBehind";
import { openRepo } from "../../src/git/repo";
import { readStatus } from "../../src/git/status";
import { listWorktrees } from "../../src/git/worktreeList";
import { TestRepo, tempDir } from "../kit/repo";

async function open(dir: string) {
  const repo = await openRepo(dir);
  assert.ok(repo.ok, repo.ok ? "" : repo.refusal.message);
  return repo.value;
}

describe("git: reading a repo", () => {
  it("lists every worktree, whoever made it and whatever it is called", async () => {
    const { repo } = TestRepo.withOrigin();
    const head = repo.git("rev-parse", "HEAD");
    const odd = `${repo.dir}-odd 'name'\n"ü`;
    repo.git("worktree", "add", "-q", "-b", "agent/ü", odd);
    repo.git("worktree", "add", "-q", "--detach", `${repo.dir}-loose`);
    repo.git("worktree", "lock", "--reason", "claude is\nworking", `${repo.dir}-loose`);
    const common = { head, bare: false, lockedBecause: null, missing: false, isMain: false };
    assert.deepEqual(await listWorktrees(await open(odd)), [
      { ...common, path: repo.dir, branch: "main", isMain: true },
      { ...common, path: `${repo.dir}-loose`, branch: null, lockedBecause: "claude is\nworking" },
      { ...common, path: odd, branch: "agent/ü" },
    ]);
  });

  it("counts what is not as HEAD has it", async () => {
    const { repo } = TestRepo.withOrigin();
    repo.commit("files", { "a.txt": "a\n", "b.txt": "b\n", "old name.txt": "content\n" });
    repo.write({ "a.txt": "changed\n", "new\nfile.txt": "new\n" });
    repo.git("mv", "old name.txt", "new name.txt");
    repo.write({ "b.txt": "staged\n" });
    repo.git("add", "b.txt");
    repo.write({ "b.txt": "and changed again\n" });
    assert.deepEqual(await readStatus(repo.dir), {
      head: repo.git("rev-parse", "HEAD"),
      branch: "main",
      dirt: { staged: 2, changed: 2, untracked: 1, conflicted: 0 },
    });
    assert.equal(await readStatus(tempDir()), null);
    assert.equal(await readStatus("/nowhere/at/all"), null);
  });

  it("counts ahead and behind for many pairs at once, as git itself does", async () => {
    const { repo } = TestRepo.withOrigin();
    const pairs = [];
    for (let i = 0; i < 6; i++) {
      repo.git("checkout", "-q", "-b", `b${i}`, i % 2 ? "main" : "main~0");
      for (let j = 0; j < i; j++) repo.commit(`b${i} ${j}`, { [`b${i}`]: String(j) });
      repo.git("checkout", "-q", "main");
      repo.commit(`main ${i}`, { main: String(i) });
      if (i === 3) repo.git("merge", "-q", "--no-edit", "b2");
    }
    const target = repo.git("rev-parse", "main");
    repo.git("checkout", "-q", "--orphan", "unrelated");
    repo.commit("unrelated");
    for (const name of ["b0", "b1", "b2", "b3", "b4", "b5", "main"])
      pairs.push({ tip: repo.git("rev-parse", name), target });
    const byGit = (tip: string) => {
      const [ahead, behind] = repo
        .git("rev-list", "--left-right", "--count", `${tip}...${target}`)
        .split("\t");
      return { ahead: Number(ahead), behind: Number(behind) };
    };
    assert.deepEqual(
      await countAheadBehind(await open(repo.dir), pairs),
      pairs.map(({ tip }) => byGit(tip)),
    );
    pairs.push({ tip: repo.git("rev-parse", "unrelated"), target });
    assert.deepEqual(
      await countAheadBehind(await open(repo.dir), pairs),
      pairs.map(({ tip }) => byGit(tip)),
    );
  });

  it("says why a folder cannot be worked with", async () => {
    const missing = await openRepo("/nowhere/at/all");
    assert.ok(!missing.ok && missing.refusal.code === "no-folder");
    const plain = await openRepo(tempDir());
    assert.ok(!plain.ok && plain.refusal.code === "not-a-repo");
    const bare = TestRepo.init(`${tempDir()}/bare.git`, "--bare");
    assert.deepEqual(await open(bare.dir), { dir: bare.dir, commonDir: bare.dir, top: null, bare: true });
  });
});
