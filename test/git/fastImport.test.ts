import assert from "node:assert/strict";
import { importCommits, type Writes } from "../../src/git/fastImport";
import { openRepo } from "../../src/git/repo";
import { withScratch } from "../../src/git/scratch";
import { TestRepo } from "../kit/repo";

describe("git/fastImport", () => {
  it("tells each commit that it writes, and its tree, also where nothing is left in it", async () => {
    const repo = TestRepo.init();
    const from = repo.commit("start", { "a/b.txt": "b\n" });
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const commit = (writes: Writes) => {
      const nobody = "nobody <> 0 +0000";
      return { author: nobody, committer: nobody, encoding: null, message: "x\n", writes };
    };
    const content = Buffer.from("c\n");
    const commits = [
      commit(new Map([["a/c.txt", { mode: "100644", oid: "", content }]])),
      commit(new Map()),
      commit(
        new Map([
          ["a/b.txt", null],
          ["a/c.txt", null],
        ]),
      ),
    ];
    const made = await withScratch(opened.value, from, (it) => importCommits(it, from, commits), true);
    const trees = made.map(({ oid }) => repo.git("rev-parse", `${oid}^{tree}`));
    assert.deepEqual(
      made.map(({ tree }) => tree),
      trees,
    );
    assert.equal(trees[0], trees[1]);
    assert.equal(repo.git("show", `${made[0]?.oid}:a/c.txt`), "c");
    assert.equal(repo.git("ls-tree", "-r", trees[2] ?? ""), "");
    assert.equal(repo.git("rev-list", "--count", `${from}..${made[2]?.oid}`), "3");
  });
});
