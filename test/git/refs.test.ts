import assert from "node:assert/strict";
import { chooseTarget, readRefs } from "../../src/git/refs";
import { openRepo } from "../../src/git/repo";
import { TestRepo } from "../kit/repo";

async function targetOf(dir: string): Promise<string | null> {
  const repo = await openRepo(dir);
  assert.ok(repo.ok);
  return chooseTarget(await readRefs(repo.value))?.ref ?? null;
}

describe("git/refs: the target", () => {
  it("is the default branch of origin, whatever it is called", async () => {
    const { repo } = TestRepo.withOrigin();
    assert.equal(await targetOf(repo.dir), "refs/remotes/origin/main");
    repo.git("push", "-q", "origin", "main:trunk");
    repo.git("remote", "set-head", "origin", "trunk");
    assert.equal(await targetOf(repo.dir), "refs/remotes/origin/trunk");
  });

  it("without origin/HEAD is main or master, where there is only one of them", async () => {
    const { repo } = TestRepo.withOrigin();
    repo.git("remote", "set-head", "origin", "--delete");
    assert.equal(await targetOf(repo.dir), "refs/remotes/origin/main");
    repo.git("push", "-q", "origin", "main:master");
    assert.equal(await targetOf(repo.dir), null);
  });

  it("is not guessed among several remotes", async () => {
    const { repo, origin } = TestRepo.withOrigin();
    repo.git("remote", "rename", "origin", "fork");
    repo.git("remote", "add", "upstream", origin.dir);
    assert.equal(await targetOf(repo.dir), null);
  });

  it("without a remote is main or the only branch, and never what just happens to be checked out", async () => {
    const repo = TestRepo.init();
    repo.commit("one");
    repo.git("checkout", "-q", "-b", "feature");
    assert.equal(await targetOf(repo.dir), "refs/heads/main");
    repo.git("branch", "-m", "main", "trunk");
    assert.equal(await targetOf(repo.dir), null);
    repo.git("checkout", "-q", "trunk");
    repo.git("branch", "-q", "-D", "feature");
    assert.equal(await targetOf(repo.dir), "refs/heads/trunk");
  });
});
