import type { LandedHow, Oid } from "../model/worktree";

/** What became of one commit of a branch. */
export type Fate =
  /** Its effect is in the target. */
  | "landed"
  | "open"
  /** It changes nothing. */
  | "empty"
  /** It landed, and the target took it back. */
  | "reverted";

/** What says that a commit landed, the strongest first. */
export type Proof =
  /** The target has the commit itself. */
  | "ancestor"
  /** Done again on the landing's parent, it gives exactly the landing. */
  | "replayed"
  /** Doing it again on the landing changes nothing, on the landing's parent it would. */
  | "absorbed"
  /** A merged pull request had it. */
  | "pull-request"
  /** All its lines stand in the landing in their places, and did not before; other lines were changed with them. */
  | "contained";

export interface CommitLanding {
  readonly oid: Oid;
  readonly subject: string;
  readonly fate: Fate;
  /** The target's commit that it came in with; null when open or empty. */
  readonly landedAs: Oid | null;
  readonly proof: Proof | null;
}

/** What became of a branch's own commits. */
export interface LandingPlan {
  /** Without merges; each after its parents. */
  readonly commits: readonly CommitLanding[];
  /** Own merges that did not land and hold text which neither side had, such as resolved conflicts. */
  readonly resolutions: readonly Oid[];
}

/**
 * The way in one word: that of the weakest proof; squash where a landing holds several commits or has a title of its
 * own. `titleOf` gives a landing's title.
 */
export function howOf(plan: LandingPlan, titleOf: (landing: Oid) => string | undefined): LandedHow {
  const landed = plan.commits.filter(({ fate }) => fate === "landed");
  if (landed.some(({ proof }) => proof === "contained")) return "contained";
  if (landed.some(({ proof }) => proof === "pull-request")) return "pull-request";
  const landings = new Set(landed.map(({ landedAs }) => landedAs));
  const kept = landed.every(({ landedAs, subject }) => landedAs && titleOf(landedAs)?.startsWith(subject));
  return kept && landings.size === landed.length ? "rebase" : "squash";
}
