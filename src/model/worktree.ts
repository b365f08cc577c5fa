import type { AgentRun } from "./agent";
import type { CheckDocument } from "./check";
import type { DoneDocument } from "./done";
import type { Overlap } from "./overlap";
import type { PullFact } from "./pull";
import type { RecoveryFact } from "./recovery";

/** A full object id: 40 or 64 hex digits. */
export type Oid = string;

/** The commit a worktree started from, and when that ref was last fetched (ISO; null: it was never fetched). */
export interface Base {
  /** Full name, for example refs/remotes/origin/main. */
  readonly ref: string;
  readonly oid: Oid;
  readonly fetchedAt: string | null;
}

/** Who a worktree belongs to, and what told us. */
export interface Owner {
  /** An id of agents/known.ts, or "person". */
  readonly agent: string;
  readonly how: "record" | "place" | "branch" | "lock";
}

/** What `git worktree list` says, before any further question is asked. */
export interface WorktreeEntry {
  /** Absolute, as git prints it. */
  readonly path: string;
  /** Null while the branch has no commit. */
  readonly head: Oid | null;
  /** Short name (`agent/csv-export`); null when detached or bare. */
  readonly branch: string | null;
  readonly isMain: boolean;
  readonly bare: boolean;
  /** The lock's reason ("" when none was given); null when not locked. */
  readonly lockedBecause: string | null;
  /** The folder is gone; git's administrative files are still there. */
  readonly missing: boolean;
}

/** Counts of a worktree's files that are not as HEAD has them. */
export interface Dirt {
  readonly staged: number;
  readonly changed: number;
  readonly untracked: number;
  readonly conflicted: number;
}

/** How a branch's own commits came into the target; each is proven on content, never on a name. */
export type LandedHow = "ancestor" | "squash" | "rebase" | "pull-request" | "contained";

/** Whether all of a branch's own work is in the target. */
export type Landed =
  /** The branch has no commit of its own: nothing to land, and never called merged. */
  | { readonly state: "empty" }
  | { readonly state: "landed"; readonly how: LandedHow; readonly as: readonly Oid[] }
  /** `own`: how many commits of the branch are not in the target in any form. */
  | { readonly state: "open"; readonly own: number }
  | { readonly state: "unknown"; readonly why: string };

/** A worktree and what is known of it; null means not known (yet), never "none". */
export interface Worktree extends WorktreeEntry {
  /** The last part of the path, what a person calls it. */
  readonly name: string;
  readonly owner: Owner | null;
  /** The agent that was started in it from here, and what it does; null: none was, or nothing is told of it any more. */
  readonly run: AgentRun | null;
  /** What it was created to do, where we created it. */
  readonly task: string | null;
  readonly base: Base | null;
  /** How its setup command ended, and the file with its output; null when none was run here. */
  readonly setup: { readonly state: "passed" | "failed" | "cancelled"; readonly log: string } | null;
  /** Commits of the branch that the target does not have, and the other way round. */
  readonly ahead: number | null;
  readonly behind: number | null;
  readonly dirt: Dirt | null;
  readonly landed: Landed | null;
  /** What the target would lose if the branch's commits landed now; null also where that was not asked. */
  readonly check: CheckDocument | null;
  /** Findings that nobody decided on, by their ids; null: it was not reviewed, or that is not known. */
  readonly undecided: readonly string[] | null;
  /** Its definition of done; null: not judged, or it could not be told. */
  readonly done: DoneDocument | null;
  /** The branches whose work meets its own, worst first; null: not known, or not asked. */
  readonly overlaps: readonly Overlap[] | null;
  /** The branch's pull request; null: GitHub was not asked, or could not say. */
  readonly pull: PullFact | null;
  /** Commits that the branch of the same name on the remote has and this worktree does not. */
  readonly remoteAhead: number | null;
  /** A recovery of its branch, or one that makes its branch; null: none is open. */
  readonly recovery: RecoveryFact | null;
  /** The branch that was recovered from just what this one has; null: none that is still there. */
  readonly recoveredAs: string | null;
}
