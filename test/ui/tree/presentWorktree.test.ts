import assert from "node:assert/strict";
import type { Worktree } from "../../../src/model/worktree";
import { presentWorktree } from "../../../src/ui/tree/presentWorktree";
import type { Scene } from "../../../src/ui/tree/row";
import { scene, worktree } from "./kit";

const open = { state: "open", own: 3 } as const;
const dirt = { staged: 0, changed: 0, untracked: 0, conflicted: 0 };
const base = { ref: "refs/remotes/origin/main", oid: "b".repeat(40), fetchedAt: "2026-11-22T10:00:00Z" };

/** A row on one line: icon, label, description, capabilities. */
function line(facts: Partial<Worktree>, around: Partial<Scene> = {}): string {
  const row = presentWorktree(worktree(facts), scene(around));
  return `${[row.icon.id, row.icon.color].filter(Boolean).join("/")} | ${row.label} | ${row.description} | ${row.context}`;
}

describe("ui/tree/presentWorktree", () => {
  const cases: [string, Partial<Worktree>, Partial<Scene>, string][] = [
    [
      "work in progress",
      { landed: open, ahead: 3, behind: 12, dirt: { ...dirt, changed: 2 }, base },
      {},
      "edit/gitDecoration.modifiedResourceForeground | csv | ↑3 ↓12 · 2 changed · base 2 h old | ;worktree;folder;branch;unlocked;removable;dirty;",
    ],
    [
      "work in progress, clean",
      { landed: open, ahead: 3, base: { ...base, fetchedAt: null } },
      {},
      "git-branch | csv | ↑3 · base never fetched | ;worktree;folder;branch;unlocked;removable;",
    ],
    [
      "just made",
      { base: { ...base, fetchedAt: "2026-11-22T11:59:40Z" } },
      {},
      "git-branch | csv | fresh base | ;worktree;folder;branch;unlocked;removable;",
    ],
    [
      "facts still to come",
      { dirt: null, landed: null, ahead: null, behind: null },
      { complete: false },
      "git-branch/disabledForeground | csv | … | ;worktree;folder;branch;unlocked;removable;",
    ],
    [
      "facts that could not be had",
      { dirt: null, landed: null, ahead: null, behind: null },
      {},
      "question/disabledForeground | csv | changes not known | ;worktree;folder;branch;unlocked;removable;",
    ],
    [
      "merged and clean",
      { landed: { state: "landed", how: "squash", as: ["c".repeat(40)] }, ahead: 3, behind: 40, base },
      {},
      "git-merge/charts.purple | csv | squash-merged | ;worktree;folder;branch;unlocked;removable;merged;",
    ],
    [
      "merged, with new files",
      { landed: { state: "landed", how: "ancestor", as: [] }, dirt: { ...dirt, untracked: 1 } },
      {},
      "edit/gitDecoration.modifiedResourceForeground | csv | merged · 1 new | ;worktree;folder;branch;unlocked;removable;dirty;",
    ],
    [
      "merged, files not known",
      { landed: { state: "landed", how: "ancestor", as: [] }, dirt: null },
      {},
      "question/disabledForeground | csv | merged · changes not known | ;worktree;folder;branch;unlocked;removable;",
    ],
    [
      "a stale base",
      { landed: open, ahead: 1, behind: 20 },
      {},
      "history/list.warningForeground | csv | ↑1 ↓20 | ;worktree;folder;branch;unlocked;removable;recoverable;",
    ],
    [
      "a conflict",
      { landed: open, ahead: 1, behind: 2, dirt: { ...dirt, conflicted: 1 } },
      {},
      "warning/list.errorForeground | csv | ↑1 ↓2 · 1 in conflict | ;worktree;folder;branch;unlocked;removable;dirty;",
    ],
    [
      "commits that only the remote has",
      { remoteAhead: 2 },
      {},
      "cloud-download/list.warningForeground | csv | 2 more on the remote | ;worktree;folder;branch;unlocked;removable;",
    ],
    [
      "a missing folder",
      { missing: true, dirt: null },
      {},
      "warning/list.warningForeground | csv | folder is missing | ;worktree;missing;branch;unlocked;",
    ],
    [
      "locked",
      { lockedBecause: "claude agent", branch: "worktree-csv" },
      {},
      "lock | csv | worktree-csv · locked | ;worktree;folder;branch;locked;removable;",
    ],
    [
      "a setup that failed",
      { setup: { state: "failed", log: "/r/.git/agent-foreman/setup.log" } },
      {},
      "git-branch | csv | setup failed | ;worktree;folder;branch;unlocked;removable;setup;",
    ],
    [
      "detached",
      { branch: null },
      {},
      "git-commit | csv | detached at 5c0ffee0 | ;worktree;folder;unlocked;removable;",
    ],
    [
      "of the same name as another",
      { path: "/home/ann/.codex/worktrees/a1b2/shop", name: "shop", branch: null },
      { twins: new Set(["shop"]) },
      "git-commit | a1b2/shop | detached at 5c0ffee0 | ;worktree;folder;unlocked;removable;",
    ],
    [
      "the main worktree, in this window",
      { path: "/r", name: "r", branch: "main", isMain: true, behind: 2, landed: null },
      { current: new Set(["/r"]) },
      "home | r | this window · main · ↓2 | ;worktree;current;main;folder;branch;",
    ],
  ];
  for (const [title, facts, around, expected] of cases) {
    it(`shows ${title}`, () => assert.equal(line(facts, around), expected));
  }

  it("says in words what it shows in signs", () => {
    const spoken = (facts: Partial<Worktree>, around: Partial<Scene> = {}) =>
      presentWorktree(worktree(facts), scene(around)).spoken;
    assert.equal(
      spoken({ landed: open, ahead: 3, behind: 12, dirt: { ...dirt, changed: 2 }, base }),
      "csv, branch agent/csv, 3 ahead of origin/main, 12 behind, 2 changed, base 2 h old",
    );
    assert.equal(
      spoken({ ahead: null, behind: null, dirt: null, landed: null }, { target: null }),
      "csv, branch agent/csv, no branch to compare with, changes not known",
    );
    assert.equal(spoken({ missing: true, dirt: null }), "csv, branch agent/csv, folder is missing");
  });
});
