import assert from "node:assert/strict";
import { openRepo } from "../../src/git/repo";
import { check } from "../../src/losses/check";
import { mergeResult, mostShown } from "../../src/losses/mergeResult";
import { TestRepo } from "../kit/repo";

describe("losses/mergeResult", () => {
  it("tells a file that the merge takes away from one that is too large to be shown", async () => {
    const test = TestRepo.init();
    test.write({ "large.txt": "x\n".repeat(mostShown), "gone.txt": "one\n", "kept.txt": "one\n" });
    test.commit("feat: all");
    test.git("checkout", "-q", "-b", "agent");
    test.git("rm", "-q", "gone.txt");
    test.commit("feat: less");
    test.write({ "kept.txt": "two\n" });
    const repo = await openRepo(test.dir);
    assert.ok(repo.ok);
    const found = await check(repo.value, { base: "main" });
    assert.ok(found.ok);
    const content = async (...paths: string[]) => {
      const merged = await mergeResult(repo.value, test.dir, found.value, paths);
      assert.ok(merged.ok);
      const { path, content: is } = merged.value;
      return `${path}: ${is.toString()}`;
    };
    assert.equal(await content("gone.txt"), "gone.txt: absent");
    assert.equal(await content("large.txt"), "large.txt: large");
    assert.equal(await content("gone.txt", "large.txt"), "large.txt: large");
    assert.equal(await content("kept.txt"), "kept.txt: two\n");
  });
});
