import type { CheckDocument } from "./check";
import type { Oid } from "./worktree";

/** What a recovery does, or would do, with one commit of the branch. */
export type RecoveryFate =
  /** It comes along. */
  | "pick"
  /** It stays behind: the target has it, it changes nothing, or somebody said so. */
  | "drop"
  /** It landed and was taken back since; a person decides, and until then it stays behind. */
  | "ask"
  /** It comes along, but a person has to settle how. */
  | "conflict";

export interface RecoveryCommit {
  readonly oid: Oid;
  readonly subject: string;
  readonly author: string;
  readonly fate: RecoveryFate;
  /** One sentence for a person. */
  readonly reason: string;
  /** The target's commit that it came in with, where it did. */
  readonly landedAs: Oid | null;
}

/** Uncommitted files of the branch's worktree. */
export interface RecoveryFiles {
  readonly files: number;
  /** `conflict`: they stay where they are, because they do not fit what was recovered. */
  readonly fate: "carry" | "conflict" | "drop";
}

/**
 * `planned`: nothing was done yet. `conflict`: it waits for a person, who continues, skips or aborts. `aborted`: it
 * was taken back.
 */
export type RecoveryState = "empty" | "planned" | "done" | "conflict" | "aborted";

/** A recovery that has begun and is not done, however long ago and in whatever window or terminal that was. */
export interface OpenRecovery {
  /** The branch that is recovered: its name, or what the person called it where it is no local one. */
  readonly branch: string;
  readonly newBranch: string;
  /**
   * `running`: a process works on it now. `conflict`: a person has to settle `paths`. `settled`: they are, and it can go on.
   * `stopped`: it was interrupted, and can go on. `aborting`: it is half taken back.
   */
  readonly state: "running" | "conflict" | "settled" | "stopped" | "aborting";
  /** The commit that it is at, counted from 1, of so many. */
  readonly at: number;
  readonly of: number;
  /** What conflicted. */
  readonly paths: readonly string[];
}

/**
 * An open recovery as a worktree has it. `here`: this is where it is gone on with, so the new worktree or, where there is
 * none, the one of the branch that is recovered.
 */
export type RecoveryFact = OpenRecovery & { readonly here: boolean };

/** The answer of `agent-foreman recover`; media/schemas/recover.schema.json describes it to other programs. */
export interface RecoverDocument {
  readonly schemaVersion: 1;
  readonly branch: string;
  readonly head: Oid;
  readonly onto: { readonly ref: string; readonly oid: Oid };
  readonly newBranch: string;
  readonly worktree: string | null;
  /** Oldest first; merges are not listed. */
  readonly commits: readonly RecoveryCommit[];
  readonly uncommitted: RecoveryFiles | null;
  readonly state: RecoveryState;
  /** Paths that a person has to settle; of a plan, those that will have to be. */
  readonly conflicts: readonly string[];
  /** What the new branch has, or would have, with all commits that apply cleanly. */
  readonly resultTree: Oid | null;
  /** Two independent methods come to that tree. */
  readonly verified: boolean;
  /** What landing the result would lose of the target's work. */
  readonly check: CheckDocument | null;
  readonly pushed: boolean;
  readonly rescueRef: string | null;
  /** Sentences that a person should see. */
  readonly notes: readonly string[];
}
