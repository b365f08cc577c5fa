import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { standsAt } from "../../src/worktrees/inside";

describe("worktrees/standsAt", () => {
  it("tells a file from a link to one, from a folder and from nothing", async () => {
    const top = mkdtempSync(path.join(tmpdir(), "foreman-inside-"));
    try {
      writeFileSync(path.join(top, "file"), "");
      mkdirSync(path.join(top, "folder"));
      symlinkSync("file", path.join(top, "link"));
      symlinkSync("gone", path.join(top, "dangling"));
      const names = ["file", "folder", "link", "dangling", "nothing"];
      assert.deepEqual(await Promise.all(names.map((name) => standsAt(path.join(top, name)))), [
        ...["file", "other", "other", "other", "nothing"],
      ]);
    } finally {
      rmSync(top, { recursive: true });
    }
  });
});
