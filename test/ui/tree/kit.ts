import type { Worktree } from "../../../src/model/worktree";
import { english } from "../../../src/ui/translate";
import type { Scene } from "../../../src/ui/tree/row";

export const now = Date.parse("2026-11-22T12:00:00Z");

export function worktree(facts: Partial<Worktree> = {}): Worktree {
  return {
    path: "/r.worktrees/csv",
    head: "5c0ffee".padEnd(40, "0"),
    branch: "agent/csv",
    isMain: false,
    bare: false,
    lockedBecause: null,
    missing: false,
    name: "csv",
    owner: null,
    run: null,
    task: null,
    base: null,
    setup: null,
    ahead: 0,
    behind: 0,
    dirt: { staged: 0, changed: 0, untracked: 0, conflicted: 0 },
    landed: { state: "empty" },
    check: null,
    undecided: null,
    done: null,
    overlaps: null,
    pull: null,
    remoteAhead: null,
    recovery: null,
    recoveredAs: null,
    ...facts,
  };
}

export function scene(facts: Partial<Scene> = {}): Scene {
  return {
    t: english,
    now,
    target: { ref: "refs/remotes/origin/main", oid: "a".repeat(40), fetchedAt: "2026-11-22T11:00:00Z" },
    complete: true,
    limit: { commits: 20 },
    current: new Set(),
    twins: new Set(),
    names: new Map(),
    ...facts,
  };
}
