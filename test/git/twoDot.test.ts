import assert from "node:assert/strict";
import { openRepo } from "../../src/git/repo";
import { readTwoDot } from "../../src/git/twoDot";
import { TestRepo } from "../kit/repo";

describe("git/twoDot", () => {
  it("counts what the second lacks, and names what only one of them has", async () => {
    const repo = TestRepo.init();
    const before = treeOf(
      repo,
      repo.commit("before", {
        "edited.txt": "one\ntwo\nthree\n",
        "gone.txt": "gone\n",
        "old.txt": "a text that is moved as it is\n",
        "picture.bin": Buffer.from([0, 1, 2]),
      }),
    );
    repo.git("rm", "-q", "gone.txt");
    repo.git("mv", "old.txt", "new.txt");
    const files = { "edited.txt": "one\n", 'quo"ted.txt': "x\n", "picture.bin": Buffer.from([0, 3]) };
    const after = treeOf(repo, repo.commit("after", files));
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    assert.deepEqual(await readTwoDot(opened.value, before, after), {
      created: ['quo"ted.txt', "new.txt"],
      deleted: ["gone.txt", "old.txt"],
      removed: new Map([
        ["edited.txt", 2],
        ["gone.txt", 1],
        ["old.txt", 0],
        ["picture.bin", 1],
      ]),
      complete: true,
    });
    assert.deepEqual(await readTwoDot(opened.value, after, after), {
      created: [],
      deleted: [],
      removed: new Map(),
      complete: true,
    });
  });

  it("stops counting in a difference that has no end", async () => {
    const repo = TestRepo.init();
    const names = Array.from({ length: 40 }, (_, i) => `file${10 + i}.txt`);
    const files = (word: string) => Object.fromEntries(names.map((name) => [name, `${word}\n`.repeat(100)]));
    const before = treeOf(repo, repo.commit("before", files("before")));
    const after = treeOf(repo, repo.commit("after", files("after")));
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const { removed, complete } = await readTwoDot(opened.value, before, after);
    assert.equal(complete, false);
    assert.ok(removed.size > 5 && removed.size < 40);
    assert.deepEqual([...new Set(removed.values())], [100]);
  });
});

function treeOf(repo: TestRepo, commit: string): string {
  return repo.git("rev-parse", `${commit}^{tree}`);
}
