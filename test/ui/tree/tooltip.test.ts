import assert from "node:assert/strict";
import { details } from "../../../src/ui/tree/details";
import { tooltip } from "../../../src/ui/tree/tooltip";
import { scene, worktree } from "./kit";

const all = worktree({
  landed: { state: "open", own: 3 },
  ahead: 3,
  behind: 40,
  dirt: { staged: 1, changed: 1, untracked: 1, conflicted: 0 },
  base: { ref: "refs/remotes/origin/main", oid: "b".repeat(40), fetchedAt: "2026-11-20T12:00:00Z" },
  owner: { agent: "claude", how: "place" },
  task: "Export <b>orders</b> as [CSV](command:evil)",
  remoteAhead: 2,
  lockedBecause: "",
});

describe("ui/tree/tooltip", () => {
  it("tells all that is known, with nothing from outside taken for Markdown", () => {
    assert.equal(
      tooltip(all, scene()),
      [
        "**csv**\n\nBranch: agent\\/csv",
        "Task: Export \\<b\\>orders\\<\\/b\\> as \\[CSV\\]\\(command\\:evil\\)",
        "Owner: Claude Code, by the place of the folder",
        "Base: bbbbbbbb of origin\\/main, fetched 2 days ago",
        "Commits: 3 ahead of origin\\/main, 40 behind",
        "Stale: origin\\/main has moved far on; bring its commits in before more work is built on the old state",
        "Merged: no; commits that are not in origin\\/main\\: 3",
        "Remote: commits that only its branch on the remote has\\: 2",
        "Files: 2 changed, 1 new",
        "Locked: no reason given",
        "Folder: \\/r\\.worktrees\\/csv",
      ].join("  \n"),
    );
  });

  it("says what is not known", () => {
    const unknown = worktree({ ahead: null, behind: null, dirt: null, landed: null });
    assert.equal(
      tooltip(unknown, scene()),
      [
        "**csv**\n\nBranch: agent\\/csv",
        "Base: not noted\\: it was made by another tool",
        "Commits: distance from origin\\/main not known",
        "Files: not known\\: git could not read the folder",
        "Folder: \\/r\\.worktrees\\/csv",
      ].join("  \n"),
    );
  });
});

describe("ui/tree/details", () => {
  it("gives each fact a row, and says on which one something can be done", () => {
    const rows = details(all, scene()).map(
      (row) => `${row.icon.id} ${row.label}: ${row.description} ${row.context}`,
    );
    assert.deepEqual(rows, [
      "git-branch Branch: agent/csv ;detail;",
      "tasklist Task: Export <b>orders</b> as [CSV](command:evil) ;detail;",
      "robot Owner: Claude Code, by the place of the folder ;detail;",
      "git-commit Base: bbbbbbbb of origin/main, fetched 2 days ago ;detail;",
      "history Commits: 3 ahead of origin/main, 40 behind ;detail;",
      "edit Files: 2 changed, 1 new ;detail;files;",
      "git-merge Merged: no; commits that are not in origin/main: 3 ;detail;",
      "cloud-download Remote: commits that only its branch on the remote has: 2 ;detail;",
      "lock Locked: no reason given ;detail;lock;",
      "folder Folder: /r.worktrees/csv ;detail;",
    ]);
  });
});
