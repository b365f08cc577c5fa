import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mergeTrees } from "../../src/git/mergeTrees";
import { openRepo } from "../../src/git/repo";
import { type Scratch, withScratch } from "../../src/git/scratch";
import { TestRepo } from "../kit/repo";

async function fixture() {
  const test = TestRepo.init();
  const head = test.commit("start", { a: "1\n" });
  const opened = await openRepo(test.dir);
  assert.ok(opened.ok);
  return { head, repo: opened.value };
}

describe("git: a place to try things out", () => {
  it("is made once, when it is asked for, and goes in the end", async () => {
    const { head, repo } = await fixture();
    const dir = await withScratch(repo, head, async (scratch) => {
      const [one, other] = await Promise.all([scratch.open(), scratch.open()]);
      assert.equal(one, other);
      assert.ok(existsSync(one.dir));
      return one.dir;
    });
    assert.ok(!existsSync(dir));
  });

  it("is not made for whoever asks when it is over", async () => {
    const { head, repo } = await fixture();
    const late = await withScratch(repo, head, (scratch) => Promise.resolve<Scratch>(scratch));
    await assert.rejects(() => late.open(), /no scratch repo/);
  });

  it("lets go of a merge that is stopped before anybody said of what", async () => {
    const { head, repo } = await fixture();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const merged = await withScratch(repo, head, (scratch) =>
      mergeTrees(scratch, new Promise(() => undefined), { signal: stop.signal }),
    );
    assert.deepEqual(merged, []);
  });
});
