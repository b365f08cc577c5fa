import assert from "node:assert/strict";
import fc from "fast-check";
import { diffTrees } from "../../src/git/diffTrees";
import { readLandings } from "../../src/git/rawLog";
import { openRepo } from "../../src/git/repo";
import { type Scratch, withScratch } from "../../src/git/scratch";
import { treesEffect } from "../../src/landing/effect";
import { hasEffect, tryOn } from "../../src/landing/introduce";
import { Lab } from "../../src/landing/lab";
import { Landings } from "../../src/landing/landings";
import { TestRepo } from "../kit/repo";

/** Functions that end alike, as they do in real files; some are written anew, come in or are gone. */
function text(edits: ReadonlyMap<number, string>): string {
  const made = (name: string, does: string) => `function ${name}() {\n  return ${does};\n}\n\n`;
  return Array.from({ length: 6 }, (_, i) => {
    const edit = edits.get(i);
    if (edit === "gone") return "";
    if (edit?.startsWith("new")) return made(`f${i}`, `${i}`) + made(edit, edit);
    return made(`f${i}`, edit ?? `${i}`);
  }).join("");
}

describe("landing: an effect tried out on a landing", () => {
  it("is told by texts as git tells it by a merge", async function () {
    this.timeout(120_000);
    const edits = fc
      .array(
        fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom("one", "other", "new1", "new2", "gone")),
        { maxLength: 3 },
      )
      .map((list) => text(new Map(list)));
    const files = fc.record({ "a.txt": edits, "b.txt": edits });
    let told = 0;
    await fc.assert(
      fc.asyncProperty(files, files, files, async (before, after, wanted) => {
        const repo = TestRepo.init();
        const fork = repo.commit("fork", { "a.txt": text(new Map()), "b.txt": text(new Map()) });
        repo.commit("work", wanted);
        const tree = (name: string) => repo.git("rev-parse", `${name}^{tree}`);
        const [from, to] = [tree(fork), tree("HEAD")];
        repo.git("reset", "-q", "--hard", fork);
        repo.commit("before", before);
        repo.commit("after", after);
        const opened = await openRepo(repo.dir);
        assert.ok(opened.ok);
        const landings = new Landings(
          (await readLandings(opened.value, repo.git("rev-parse", "HEAD"), 3)).reverse(),
        );
        await withScratch(opened.value, fork, async (scratch: Scratch) => {
          const lab = new Lab(scratch);
          const [changes = []] = await diffTrees(scratch, [{ from, to }]);
          if (changes.length === 0) return;
          const effect = treesEffect(from, to, changes);
          const [was, is] = [landings.at(1), landings.at(2)];
          const onBefore = await lab.apply(effect, was);
          const onAfter = await lab.apply(effect, is);
          assert.ok(onBefore && onAfter);
          // Where texts repeat git may line them up otherwise, and find a conflict in what is one line apart.
          if (!onBefore.clean || !onAfter.clean) return;
          told++;
          const hadIt = onBefore.tree === was.tree;
          const hasIt = onAfter.tree === is.tree;
          assert.equal(await hasEffect(lab, landings, effect, 2), hasIt ? "yes" : "no");
          assert.deepEqual(await tryOn(lab, landings, effect, 2), {
            replayed: onBefore.tree === is.tree && !hadIt,
            absorbed: hasIt && !hadIt,
            missing: !hasIt,
          });
        });
      }),
      { numRuns: Number(process.env.RANDOM_RUNS ?? 40) },
    );
    assert.ok(told > 5);
  });
});
