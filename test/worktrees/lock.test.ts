import assert from "node:assert/strict";
import path from "node:path";
import { openRepo } from "../../src/git/repo";
import { listWorktrees } from "../../src/git/worktreeList";
import { lock, unlock } from "../../src/worktrees/lock";
import { TestRepo } from "../kit/repo";

describe("worktrees/lock", () => {
  it("locks with a reason that git itself shows, refuses a second lock, and unlocks", async () => {
    const { repo } = TestRepo.withOrigin();
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const at = path.join(repo.dir, "..", "-odd name");
    repo.git("worktree", "add", "-q", "-b", "odd", at);
    const reason = "--force, says\nAnn";
    const lockedBecause = async () =>
      (await listWorktrees(opened.value)).find((each) => each.path === at)?.lockedBecause;

    assert.deepEqual(await lock(opened.value, at, reason), { ok: true, value: null });
    assert.equal(await lockedBecause(), reason);
    const again = await lock(opened.value, at, "other");
    assert.equal(!again.ok && again.refusal.code, "locked");
    assert.equal(await lockedBecause(), reason);
    assert.deepEqual(await unlock(opened.value, at), { ok: true, value: null });
    assert.deepEqual(await unlock(opened.value, at), { ok: true, value: null });
    assert.equal(await lockedBecause(), null);
  });

  it("refuses what is no worktree, and the main one", async () => {
    const { repo } = TestRepo.withOrigin();
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const nowhere = await lock(opened.value, path.join(repo.dir, "nowhere"), "");
    const main = await lock(opened.value, repo.dir, "");
    assert.equal(!nowhere.ok && nowhere.refusal.code, "no-worktree");
    assert.equal(!main.ok && main.refusal.code, "main-worktree");
  });
});
