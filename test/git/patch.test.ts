import assert from "node:assert/strict";
import { openRepo } from "../../src/git/repo";
import { readTreeDiff } from "../../src/git/treeDiff";
import { TestRepo } from "../kit/repo";

describe("git/patch", () => {
  it("reads what git says of every kind of change, whatever the lines look like", async () => {
    const repo = TestRepo.init();
    const before = repo.commit("before", {
      "edited.txt": "one\ntwo\nthree",
      "gone.txt": "@@ -1 +1 @@\n--- a/x\n+++ b/x\ndiff --git a/y b/y\n",
      "old name.txt": "some text that stays the same\n",
      "mode.sh": "echo\n",
      "picture.bin": Buffer.from([0, 1, 2]),
      'quo"ted.txt': "x\n",
    });
    repo.git("mv", "old name.txt", "new\tname.txt");
    repo.git("rm", "-q", "gone.txt");
    repo.git("update-index", "--chmod=+x", "mode.sh");
    repo.write({
      "edited.txt": "one\nzwei\nthree\nfour\n",
      "picture.bin": Buffer.from([0, 3]),
      'quo"ted.txt': "y\n",
      "empty.txt": "",
    });
    repo.git("add", "edited.txt", "picture.bin", 'quo"ted.txt', "empty.txt");
    repo.git("commit", "-q", "-m", "after");
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const files = await readTreeDiff(opened.value, before, "HEAD");
    assert.deepEqual(
      files.map(({ status, oldPath, newPath, oldMode, newMode, binary, hunks }) => [
        ...[status, oldPath, newPath, oldMode, newMode, binary],
        hunks.map(({ oldStart, newStart, removed, added }) => [oldStart, newStart, removed, added]),
      ]),
      [
        [
          ...["changed", "edited.txt", "edited.txt", "100644", "100644", false],
          [[2, 2, ["two", "three"], ["zwei", "three", "four"]]],
        ],
        ["added", "empty.txt", "empty.txt", "100644", "100644", false, []],
        [
          ...["deleted", "gone.txt", "gone.txt", "100644", "100644", false],
          [[1, 0, ["@@ -1 +1 @@", "--- a/x", "+++ b/x", "diff --git a/y b/y"], []]],
        ],
        ["changed", "mode.sh", "mode.sh", "100644", "100755", false, []],
        ["renamed", "old name.txt", "new\tname.txt", "", "", false, []],
        ["changed", "picture.bin", "picture.bin", "100644", "100644", true, []],
        ["changed", 'quo"ted.txt', 'quo"ted.txt', "100644", "100644", false, [[1, 1, ["x"], ["y"]]]],
      ],
    );
  });
});
