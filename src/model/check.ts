import type { DeletionId } from "./decision";
import type { Oid } from "./worktree";

/** The subject of the commit that stands for what nobody committed. */
export const uncommitted = "uncommitted files";

/** How a branch will land: squash and merge give the same tree, rebase replays its commits one by one. */
export type Method = "squash" | "merge" | "rebase";

/** From calm to worst. */
export type CheckVerdict = "clean" | "stale" | "question" | "conflict" | "lossy";

/** The landing (merge, squash or plain commit of the target) that brought something in. */
export interface Introducer {
  readonly oid: Oid;
  readonly subject: string;
  readonly author: string;
  /** ISO. */
  readonly committedAt: string;
  readonly pr: number | null;
}

export type EvidenceCode =
  | "old-version"
  | "undone-landing"
  | "undone-here-too"
  | "undone-together"
  | "dropped-in-merge"
  | "never-seen"
  | "replayed-deletion"
  | "move-undone"
  | "recent-work-gone"
  | "overwritten"
  | "declared"
  | "clears-folder"
  | "own-deletion"
  | "too-much";

/** Why we think so, in one sentence that a person understands. */
export interface Evidence {
  readonly code: EvidenceCode;
  readonly detail: string;
}

export type DeletionKind =
  | "file"
  | "lines"
  | "submodule"
  | "binary"
  | "mode"
  | "move-undone"
  | "resurrected-old-version";

/** Something that the target has and would not have after the merge. */
export interface Deletion {
  /** What a person's decision is bound to: it stays when lines move and when the target moves on. */
  readonly id: DeletionId;
  /** As the target names it. */
  readonly path: string;
  readonly kind: DeletionKind;
  /** First and last line in the target's file, 1-based and inclusive. */
  readonly baseRanges: readonly (readonly [number, number])[];
  readonly lines: number;
  /** As the head names it; null when the head has no such file. */
  readonly headPath: string | null;
  /** The line of the head's file at or above which the lines are missing. */
  readonly headLine: number | null;
  /** Empty when the lines are older than the landings that were looked at. */
  readonly introducedBy: readonly Introducer[];
  readonly removedBy: { readonly oid: Oid; readonly subject: string } | null;
  readonly evidence: readonly Evidence[];
  /** certain: proven by structure or record; likely: old content is back; unsure: only a person can tell. */
  readonly confidence: "certain" | "likely" | "unsure";
}

export interface IntendedDeletion extends Deletion {
  readonly why: string;
  /** Who said so here, and when (ISO); absent where the branch itself says or shows it. */
  readonly decided?: { readonly by: string; readonly at: string };
}

export interface CheckNote {
  readonly code: "resurrected" | "ineffective-deletion" | "own-work-missing" | "branch-loss" | "bounded";
  readonly path: string | null;
  readonly detail: string;
}

export interface CheckConflict {
  readonly path: string;
  /** The landings whose work on this path the branch has never had. */
  readonly atRisk: readonly Introducer[];
}

/** The answer of `agent-foreman check`; media/schemas/check.schema.json describes it to other programs. */
export interface CheckDocument {
  readonly schemaVersion: 1;
  readonly base: { readonly ref: string; readonly oid: Oid };
  /** `oid` is a commit that somebody made, also where files on disk were judged. */
  readonly head: { readonly ref: string; readonly oid: Oid };
  /** The files as they lay on disk were judged, with what was not committed; else the commits alone. */
  readonly worktree: boolean;
  readonly method: Method;
  readonly mergeBase: Oid | null;
  readonly recordedBase: Oid | null;
  /** Commits of base that head lacks, and the other way round. */
  readonly behind: number;
  readonly ahead: number;
  readonly verdict: CheckVerdict;
  readonly losses: readonly Deletion[];
  readonly questions: readonly Deletion[];
  readonly intended: readonly IntendedDeletion[];
  readonly notes: readonly CheckNote[];
  /** `more`: the difference is so large that only its beginning was counted. */
  readonly looksOnly: { readonly files: number; readonly lines: number; readonly more: boolean };
  readonly conflicts: readonly CheckConflict[];
}
