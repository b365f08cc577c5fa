import type { CheckDocument, Deletion } from "../../../src/model/check";

/** Lines of a pull request that would go. */
export function loss(
  path: string,
  lines: number,
  pr: number | null,
  kind: Deletion["kind"] = "lines",
): Deletion {
  const oid = String(pr ?? 9)
    .repeat(40)
    .slice(0, 40);
  const landed = {
    oid,
    subject: `feat: a thing (#${pr})`,
    author: "Ann",
    committedAt: "2026-11-21T12:00:00Z",
    pr,
  };
  return {
    id: "0123456789abcdef",
    path,
    kind,
    baseRanges: [],
    lines,
    headPath: path,
    headLine: 1,
    introducedBy: [landed],
    removedBy: null,
    evidence: [{ code: "old-version", detail: "The file is exactly what it was before." }],
    confidence: "certain",
  };
}

/** What a check found. */
export function check(
  losses: readonly Deletion[],
  conflicts: CheckDocument["conflicts"] = [],
): CheckDocument {
  const oid = "a".repeat(40);
  return {
    schemaVersion: 1,
    base: { ref: "origin/main", oid },
    head: { ref: "agent/csv", oid },
    worktree: false,
    method: "squash",
    mergeBase: oid,
    recordedBase: null,
    behind: 0,
    ahead: 1,
    verdict: losses.length > 0 ? "lossy" : "clean",
    losses,
    questions: [],
    intended: [],
    notes: [],
    looksOnly: { files: 0, lines: 0, more: false },
    conflicts,
  };
}
