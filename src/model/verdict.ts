import * as v from "valibot";
import { type Finding, findingSchema } from "./finding";
import type { Oid } from "./worktree";

/** 16 hex digits: what a finding is about, however it is worded and wherever its lines are. */
export type FindingId = string;

const oidSchema = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));
export const idSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));
export const shortText = v.pipe(v.string(), v.maxLength(1_000));

/** A finding as it was raised by one run; what became of it follows from the verdicts and the head's files. */
export interface StoredFinding extends Finding {
  readonly id: FindingId;
  /** The commit that was reviewed. */
  readonly headOid: Oid;
  readonly reviewer: string;
  readonly runId: string;
  /** The function, class … around the quote, outermost first, joined with dots; null where none was seen. */
  readonly symbol: string | null;
  /** Whether the quote was in the file that was reviewed. */
  readonly found: boolean;
}

export const storedFindingSchema = v.looseObject({
  ...findingSchema.entries,
  id: idSchema,
  headOid: oidSchema,
  reviewer: shortText,
  runId: shortText,
  symbol: v.nullable(shortText),
  found: v.boolean(),
});

/** One answer of one reviewer about one commit. */
export interface ReviewRun {
  readonly runId: string;
  readonly headOid: Oid;
  /** The branch it was about; null: a commit without one. */
  readonly branch: string | null;
  readonly reviewer: string;
  /** ISO. */
  readonly at: string;
  readonly verdict: "approve" | "changes" | "unsure";
  readonly summary: string;
  /** How many findings the run raised. */
  readonly findings: number;
  /** True: single remarks, for example on a pull request. Whoever made them need not have read the rest. */
  readonly remarks?: boolean;
  /** Of a reviewer that was started here: how many more it raised about places that are not there. */
  readonly invented?: number | undefined;
  readonly durationMs?: number | undefined;
  /** Null: the reviewer does not tell. */
  readonly costUsd?: number | null | undefined;
  readonly model?: string | null | undefined;
}

export const reviewRunSchema = v.looseObject({
  runId: shortText,
  headOid: oidSchema,
  branch: v.nullable(shortText),
  reviewer: shortText,
  at: shortText,
  verdict: v.picklist(["approve", "changes", "unsure"]),
  summary: v.string(),
  findings: v.pipe(v.number(), v.integer(), v.minValue(0)),
  remarks: v.exactOptional(v.boolean()),
  invented: v.optional(v.number()),
  durationMs: v.optional(v.number()),
  costUsd: v.optional(v.nullable(v.number())),
  model: v.optional(v.nullable(v.string())),
});

export const verdictWords = ["accept", "overrule", "reopen"] as const;

/** What a person decided about a finding; the last one on a finding holds. */
export interface Verdict {
  readonly findingId: FindingId;
  /** The head that the person looked at. */
  readonly headOid: Oid;
  readonly verdict: (typeof verdictWords)[number];
  /** Never empty for `overrule`; null where none was given. */
  readonly reason: string | null;
  readonly by: string;
  /** ISO. */
  readonly at: string;
}

export const verdictSchema = v.looseObject({
  findingId: idSchema,
  headOid: oidSchema,
  verdict: v.picklist(verdictWords),
  reason: v.nullable(shortText),
  by: shortText,
  at: shortText,
});

/** An accepted finding was handed to the agent whose work it is about. */
export interface Sent {
  readonly findingId: FindingId;
  readonly headOid: Oid;
  readonly by: string;
  /** ISO. */
  readonly at: string;
}

export const sentSchema = v.looseObject({
  findingId: idSchema,
  headOid: oidSchema,
  by: shortText,
  at: shortText,
});

export const statuses = ["open", "accepted", "overruled", "fixed", "outdated"] as const;
export type Status = (typeof statuses)[number];

/** Where a quote is in the head's file; lines are 1-based and inclusive. */
export interface Anchor {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** `whitespace`: only after spaces and line breaks were left out of the comparison. */
  readonly how: "exact" | "whitespace";
}

/** A finding with what is true of it at one head. */
export interface JudgedFinding extends StoredFinding {
  readonly status: Status;
  /** Null: not in the head's file, so no line is drawn. */
  readonly anchor: Anchor | null;
  /** The verdict that holds; null while nobody decided. */
  readonly decision: Verdict | null;
  /** The overruled finding on the same code whose verdict holds for this one too; null where it has its own. */
  readonly inheritedFrom: FindingId | null;
  /** When it was handed to the agent, if that was after it was accepted; null: it was not. */
  readonly sentAt: string | null;
  /** How many runs raised it, and who: the newest wording is the one shown. */
  readonly raised: number;
  readonly reviewers: readonly string[];
}
