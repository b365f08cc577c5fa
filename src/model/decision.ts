import * as v from "valibot";
import type { Oid } from "./worktree";

/** 16 hex digits: the same as long as the same lines of the same landings would go from the same path. */
export type DeletionId = string;

export const decisionWords = ["meant", "reopen"] as const;

/** What a person said of a deletion of one branch; the last word on it holds. */
export interface LossDecision {
  readonly deletionId: DeletionId;
  /** Null: a detached head; then it holds for that very commit only. */
  readonly branch: string | null;
  /** The head that the person looked at. */
  readonly headOid: Oid;
  readonly decision: (typeof decisionWords)[number];
  /** Never empty for `meant`; null where none was given. */
  readonly reason: string | null;
  readonly by: string;
  /** ISO. */
  readonly at: string;
}

const shortText = v.pipe(v.string(), v.maxLength(1_000));

export const lossDecisionSchema = v.looseObject({
  deletionId: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  branch: v.nullable(shortText),
  headOid: v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)),
  decision: v.picklist(decisionWords),
  reason: v.nullable(shortText),
  by: shortText,
  at: shortText,
});
