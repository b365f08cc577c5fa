import assert from "node:assert/strict";
import { grepTree } from "../../src/git/grepTree";
import { openRepo } from "../../src/git/repo";
import { TestRepo } from "../kit/repo";

describe("grepTree", () => {
  it("finds texts and whole words in a commit, wherever it is asked from", async () => {
    const test = TestRepo.init();
    const odd = 'we:ird\n1 "name".md';
    const head = test.commit("first", {
      [odd]: "a.b\nx a.b y\nab\n",
      "sub/last.md": "one a.b",
      "sub/bytes.md": Buffer.from([0, 97, 46, 98]),
      "other.ts": "a.b",
    });
    test.commit("second", { [odd]: "nothing\n" });
    test.git("config", "grep.lineNumber", "false");
    test.git("config", "grep.patternType", "perl");
    for (const dir of [test.dir, `${test.dir}/sub`]) {
      const repo = await openRepo(dir);
      assert.ok(repo.ok);
      const hits = await grepTree(repo.value, head, ["a.b", "gone", ""], { paths: ["*.md"] });
      assert.deepEqual(hits, [
        { path: "sub/last.md", line: 1, text: "one a.b" },
        { path: odd, line: 1, text: "a.b" },
        { path: odd, line: 2, text: "x a.b y" },
      ]);
      assert.deepEqual(await grepTree(repo.value, head, ["one", "a"], { words: true, paths: ["sub"] }), [
        { path: "sub/last.md", line: 1, text: "one" },
        { path: "sub/last.md", line: 1, text: "a" },
      ]);
      assert.deepEqual(
        (
          await grepTree(repo.value, head, ["(", "a.b|", "one a", "[", "\\", "$x", "^a"], { paths: ["*.md"] })
        )?.map(({ text }) => text),
        ["one a.b"],
      );
      assert.deepEqual(await grepTree(repo.value, head, ["gone\nx"], { paths: ["*.md"] }), []);
      assert.deepEqual(await grepTree(repo.value, head, ["zzz"], { paths: ["*.md"] }), []);
    }
  });
});
