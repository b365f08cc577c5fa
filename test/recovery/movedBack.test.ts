import assert from "node:assert/strict";
import { openRepo } from "../../src/git/repo";
import { planRecovery } from "../../src/recovery/plan";
import { TestRepo } from "../kit/repo";

describe("recovery: a file that the target moved away and back", () => {
  it("is followed once, not for ever", async () => {
    const repo = TestRepo.init();
    const text = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join("");
    repo.commit("start", { "a.txt": text });
    repo.git("branch", "feature");
    repo.git("mv", "a.txt", "b.txt");
    repo.git("commit", "-q", "-m", "move");
    repo.git("revert", "--no-edit", "HEAD");
    repo.git("switch", "-q", "feature");
    repo.commit("nine", { "a.txt": text.replace("line 9", "nine") });
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const [head, onto] = [repo.git("rev-parse", "feature"), repo.git("rev-parse", "main")];
    const planned = await planRecovery(opened.value, { head, onto, ontoName: "main" });
    assert.ok(planned.ok);
    assert.deepEqual(
      planned.value.commits.map(({ fate }) => fate),
      ["pick"],
    );
  });
});
