import assert from "node:assert/strict";
import { openRepo } from "../../src/git/repo";
import { onGitCall } from "../../src/git/trace";
import { onlyChanges, straight } from "../../src/recovery/onlyChanges";
import { planRecovery } from "../../src/recovery/plan";
import { TestRepo } from "../kit/repo";

const change = (path: string, old: string, made: string) => ({
  path,
  old: { mode: "100644", oid: old },
  new: { mode: "100644", oid: made },
});
const commit = (oid: string, parents: string[], ...changes: ReturnType<typeof change>[]) => ({
  ...{ oid, parents, changes, tree: `tree ${oid}`, author: "Ann", subject: oid },
});

describe("recovery: files that one change of the branch is all of", () => {
  it("are those that a straight branch touched once; other branches do not count", () => {
    const [a, b, c] = [change("a", "a0", "a1"), change("b", "b0", "b1"), change("b", "b1", "b2")];
    const own = [
      commit("1", ["fork"], a, b),
      commit("2", ["1"], c),
      commit("x", ["fork"], change("a", "a0", "a9")),
    ];
    const line = straight(own, "2");
    assert.ok(line);
    assert.equal(line.fork, "fork");
    assert.deepEqual(onlyChanges(line), new Map([["a", a]]));
    assert.equal(straight([...own, commit("3", ["2", "main"])], "3"), null);
    assert.equal(straight([commit("root", [])], "root"), null);
    assert.equal(straight(own, "elsewhere"), null);
  });

  it("are picked as git merged them, without a merge of their own; where that conflicts, so does the pick", async () => {
    const repo = TestRepo.init();
    const text = (top: string, end: string) => `${top}\n${"middle\n".repeat(9)}${end}\n`;
    const files = (top: string, end: string) => ({
      "clean.txt": text(top, end),
      "both.txt": text(top, "same"),
    });
    repo.commit("start", files("top", "end"));
    repo.git("switch", "-q", "-c", "branch");
    repo.commit("clean", { "clean.txt": text("mine", "end") });
    repo.commit("conflicts", { "both.txt": text("mine", "same") });
    repo.git("switch", "-q", "main");
    repo.commit("theirs", { "clean.txt": text("top", "theirs"), "both.txt": text("theirs", "same") });
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const [head, onto] = [repo.git("rev-parse", "branch"), repo.git("rev-parse", "main")];
    let merges = 0;
    const listening = onGitCall(({ args }) => {
      if (args.includes("merge-tree")) merges++;
    });
    const planned = await planRecovery(opened.value, { head, onto, ontoName: "main" });
    listening.dispose();
    assert.ok(planned.ok);
    const { commits, picked, conflicts, verified } = planned.value;
    assert.deepEqual(
      commits.map(({ fate }) => fate),
      ["pick", "conflict"],
    );
    assert.deepEqual(conflicts, ["both.txt"]);
    assert.ok(verified);
    const entry = picked[0]?.writes.get("clean.txt");
    assert.equal(repo.git("cat-file", "blob", entry?.oid ?? ""), text("mine", "theirs").trimEnd());
    // Both ends, whether the conflict is one, and the second way; two ways that differ would take more.
    assert.ok(merges <= 4, `${merges} merges`);
  });
});
