import assert from "node:assert/strict";
import { openRepo } from "../../src/git/repo";
import { check } from "../../src/losses/check";
import { TestRepo } from "../kit/repo";

describe("losses: a target that merged another history", () => {
  it("conflicts also with a branch that has nothing of the target's own line", async () => {
    const repo = TestRepo.init();
    repo.commit("a new beginning", { "new.txt": "new\n" });
    repo.git("checkout", "-q", "--orphan", "old");
    repo.git("rm", "-rqf", ".");
    repo.commit("the old one", { "a.txt": "one\ntwo\nthree\n" });
    repo.git("branch", "feature");
    repo.git("checkout", "-q", "main");
    repo.git("merge", "-q", "--allow-unrelated-histories", "-m", "bring in the old one", "old");
    repo.commit("main's", { "a.txt": "one\nmain\nthree\n" });
    repo.git("checkout", "-q", "feature");
    repo.commit("feature's", { "a.txt": "one\nfeature\nthree\n" });
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const checked = await check(opened.value, { base: "main", head: "feature" });
    assert.ok(checked.ok);
    assert.deepEqual(
      [checked.value.verdict, checked.value.conflicts],
      ["conflict", [{ path: "a.txt", atRisk: [] }]],
    );
  });
});
