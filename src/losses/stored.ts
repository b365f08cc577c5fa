import * as v from "valibot";
import type { CheckDocument } from "../model/check";

const oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const end = v.object({ ref: v.string(), oid });

const introducer = v.object({
  oid,
  subject: v.string(),
  author: v.string(),
  committedAt: v.string(),
  pr: v.nullable(v.number()),
});

const deletion = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  path: v.string(),
  kind: v.picklist([
    "file",
    "lines",
    "submodule",
    "binary",
    "mode",
    "move-undone",
    "resurrected-old-version",
  ]),
  baseRanges: v.array(v.tuple([v.number(), v.number()])),
  lines: count,
  headPath: v.nullable(v.string()),
  headLine: v.nullable(v.number()),
  introducedBy: v.array(introducer),
  removedBy: v.nullable(v.object({ oid, subject: v.string() })),
  evidence: v.array(
    v.object({
      code: v.picklist([
        "old-version",
        "undone-landing",
        "undone-here-too",
        "undone-together",
        "dropped-in-merge",
        "never-seen",
        "replayed-deletion",
        "move-undone",
        "recent-work-gone",
        "overwritten",
        "declared",
        "clears-folder",
        "own-deletion",
        "too-much",
      ]),
      detail: v.string(),
    }),
  ),
  confidence: v.picklist(["certain", "likely", "unsure"]),
});

/** A check document as the cache gives it back; what does not fit counts as absent. */
export const storedSchema: v.GenericSchema<unknown, CheckDocument> = v.object({
  schemaVersion: v.literal(1),
  base: end,
  head: end,
  worktree: v.boolean(),
  method: v.picklist(["squash", "merge", "rebase"]),
  mergeBase: v.nullable(oid),
  recordedBase: v.nullable(oid),
  behind: count,
  ahead: count,
  verdict: v.picklist(["clean", "stale", "question", "conflict", "lossy"]),
  losses: v.array(deletion),
  questions: v.array(deletion),
  intended: v.array(v.object({ ...deletion.entries, why: v.string() })),
  notes: v.array(
    v.object({
      code: v.picklist(["resurrected", "ineffective-deletion", "own-work-missing", "branch-loss", "bounded"]),
      path: v.nullable(v.string()),
      detail: v.string(),
    }),
  ),
  looksOnly: v.object({ files: count, lines: count, more: v.boolean() }),
  conflicts: v.array(v.object({ path: v.string(), atRisk: v.array(introducer) })),
});
