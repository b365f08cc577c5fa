import type { Oid } from "./worktree";

/** The parts of the definition of done, in the order in which they are shown. */
export const gateIds = [
  "losses",
  "review",
  "checks",
  "docs",
  "conventions",
  "changelog",
  "ticket",
  "debt",
] as const;

export type GateId = (typeof gateIds)[number];

/** Gates that the change itself may be excused from; the others are not for its author to decide. */
export const waivable = ["docs", "conventions", "changelog", "ticket", "debt"] as const satisfies GateId[];

/**
 * fail: red · warn: said, but blocks nothing · unknown: could not be looked at, and blocks · waived: red, and excused with
 * a reason · skip: has nothing to say about this change, or is switched off.
 */
export type GateStatus = "pass" | "fail" | "warn" | "unknown" | "waived" | "skip";

/** Where something is to be done. */
export interface Place {
  /** As the head names it; null where it is in no file, such as a ticket or a title. */
  readonly path: string | null;
  /** 1-based; null for the whole file. */
  readonly line: number | null;
  readonly message: string;
  readonly url?: string;
}

export interface Waiver {
  readonly gate: GateId;
  readonly reason: string;
  /** A commit's short id, `pull request` or the config file's name. */
  readonly from: string;
}

/** What a pull request says of itself. */
export interface PullText {
  readonly number: number;
  readonly title: string;
  readonly body: string;
}

/** A ticket as GitHub has it. */
export interface Ticket {
  readonly number: number;
  readonly url: string;
  readonly body: string;
}

/** One part of the definition of done, judged. */
export interface Gate {
  readonly id: GateId;
  readonly status: GateStatus;
  /** What was found, in one sentence. */
  readonly message: string;
  /** What to do about it; null where there is nothing to do. */
  readonly fix: string | null;
  readonly where: readonly Place[];
  readonly waivers: readonly Waiver[];
}

export interface DoneNote {
  readonly path: string | null;
  readonly detail: string;
}

/** The answer of `agent-foreman done`; media/schemas/done.schema.json describes it to other programs. */
export interface DoneDocument {
  readonly schemaVersion: 1;
  readonly base: { readonly ref: string; readonly oid: Oid };
  readonly head: { readonly ref: string; readonly oid: Oid };
  readonly mergeBase: Oid;
  readonly pull: number | null;
  readonly verdict: "done" | "not-done" | "unknown";
  readonly gates: readonly Gate[];
  readonly notes: readonly DoneNote[];
}
