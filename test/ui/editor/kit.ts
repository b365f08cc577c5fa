import type { Deletion } from "../../../src/model/check";
import type { Mark } from "../../../src/ui/editor/mark";

const oid = "a".repeat(40);

export function deletion(facts: Partial<Deletion> = {}): Deletion {
  return {
    id: "0123456789abcdef",
    path: "src/cli.js",
    kind: "lines",
    baseRanges: [[2, 5]],
    lines: 4,
    headPath: "src/cli.js",
    headLine: 1,
    introducedBy: [
      { oid, subject: "CSV export (#12)", author: "Claude", committedAt: "2026-11-20T12:00:00Z", pr: 12 },
    ],
    removedBy: { oid: "b".repeat(40), subject: "Merge main" },
    evidence: [{ code: "old-version", detail: "The file is exactly what it was before #12 landed." }],
    confidence: "certain",
    ...facts,
  };
}

export function mark(facts: Partial<Deletion> = {}, isLoss = true): Mark {
  return {
    worktree: { path: "/r.worktrees/tidy", name: "tidy", branch: "agent/tidy" },
    base: { ref: "origin/main", oid },
    deletion: deletion(facts),
    isLoss,
  };
}
