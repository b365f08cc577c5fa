import type { Oid } from "./worktree";

/** A pull request that GitHub says was merged: evidence that what its head held is in the target. */
export interface MergedPull {
  readonly number: number;
  /** The commit that the pull request ended at. */
  readonly head: Oid;
  /** The commit that it became on the target. */
  readonly mergeCommit: Oid;
}

/** A repo on a GitHub server. */
export interface Slug {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}
