import assert from "node:assert/strict";
import { anchorOf } from "../../../src/ui/editor/anchor";
import { isPlain, shownPath } from "../../../src/ui/editor/mark";
import { openedPath } from "../../../src/ui/editor/openedPath";
import { mark } from "./kit";

describe("ui/editor/mark", () => {
  it("shows nothing in a file outside the worktree, whatever a commit calls its files", () => {
    const names = ["src/a.ts", "..\\a", "../a", "a/../../b", "/etc/passwd", "C:\\a", "a//b", "", "a/./b"];
    assert.deepEqual(names.filter(isPlain), ["src/a.ts"]);
    assert.equal(shownPath(mark({ headPath: "../a" })), null);
    assert.equal(shownPath(mark({ headPath: null })), null);
    assert.equal(shownPath(mark({ headPath: "new name.ts" })), "new name.ts");
  });
});

describe("ui/editor/anchorOf", () => {
  it("is the line above the gap, the first line, or the line that stands there instead", () => {
    const anchor = (at: number, until: number, lineCount: number) =>
      anchorOf({ at, until, lines: [] }, lineCount);
    assert.deepEqual(anchor(3, 3, 9), { line: 2, side: "below" });
    assert.deepEqual(anchor(0, 0, 9), { line: 0, side: "above" });
    assert.deepEqual(anchor(3, 5, 9), { line: 3, side: "instead" });
    assert.deepEqual(anchor(9, 9, 9), { line: 8, side: "below" });
    assert.deepEqual(anchor(20, 20, 1), { line: 0, side: "below" });
  });
});

describe("ui/editor/openedPath", () => {
  it("keeps the name of a folder that was opened through a link", () => {
    const folders = [
      { shown: "/home/me/repo", real: "/disk/repo" },
      { shown: "/home/me/inner", real: "/disk/repo/packages/inner" },
    ];
    assert.equal(openedPath("/disk/repo/a.ts", folders), "/home/me/repo/a.ts");
    assert.equal(openedPath("/disk/repo/packages/inner/a.ts", folders), "/home/me/inner/a.ts");
    assert.equal(openedPath("/disk/repository/a.ts", folders), "/disk/repository/a.ts");
    assert.equal(openedPath("/disk/repo/a.ts", []), "/disk/repo/a.ts");
  });
});
