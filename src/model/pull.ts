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

/** How the checks of a pull request's last commit stand; `none`: nothing checks it, `unknown`: that was not told. */
export interface PullChecks {
  readonly state: "none" | "pending" | "passed" | "failed" | "unknown";
  readonly total: number;
  /** Names of checks that failed, as far as they were asked for. */
  readonly failed: readonly string[];
  /** Runs of GitHub Actions that a failed check belongs to. */
  readonly runs: readonly number[];
}

export type MergeMethod = "merge" | "squash" | "rebase";

/** A pull request as GitHub told it. Everything in it was written by others. */
export interface PullRequest {
  /** GitHub's own id of it, which its commands want. */
  readonly id: string;
  readonly number: number;
  readonly title: string;
  /** Empty also where it was not asked for. */
  readonly body: string;
  readonly url: string;
  readonly author: string | null;
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  /** The branch it comes from, on which repo (`owner/name`; null: that repo is gone), and at which commit. */
  readonly branch: string;
  readonly from: string | null;
  readonly head: Oid;
  /** The branch it goes into, and where that was. */
  readonly base: { readonly branch: string; readonly oid: Oid };
  readonly checks: PullChecks;
  readonly review: "approved" | "changes-requested" | "required" | null;
  /** Whether it merges without a conflict; `unknown`: GitHub has not computed it yet. */
  readonly mergeable: "yes" | "conflict" | "unknown";
  /** GitHub's word for what stands between it and the merge. */
  readonly mergeState: "behind" | "blocked" | "clean" | "dirty" | "draft" | "hooks" | "unstable" | "unknown";
  /** Armed: GitHub merges it by itself when all that is required is there. */
  readonly autoMerge: MergeMethod | null;
  /** What it became on the target; null unless merged. */
  readonly mergeCommit: Oid | null;
  /** ISO. */
  readonly updatedAt: string;
}

/** What is known of a branch's pull request. `pull` null: it has none. */
export interface PullFact {
  readonly pull: PullRequest | null;
  /** When this was true, where the last question got no answer (ISO); null: it is as of the last answer. */
  readonly asOf: string | null;
  /** It was merged, and the branch has gone on since: what is pushed there now reaches nobody. */
  readonly outlived: boolean;
}
