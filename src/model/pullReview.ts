import type { Oid } from "./worktree";

/** One line of talk on a pull request. Everything in it was written by others. */
export interface PullRemark {
  readonly id: string;
  readonly author: string | null;
  readonly body: string;
  readonly url: string;
  /** GitHub says that this sign-in wrote it. */
  readonly mine: boolean;
}

/** Remarks at one place of a pull request's diff, the first of which raised something. */
export interface PullThread {
  readonly id: string;
  readonly path: string;
  readonly side: "RIGHT" | "LEFT";
  /** In the pull request's head; null: the lines have changed since, or the remark is about the whole file. */
  readonly startLine: number | null;
  readonly endLine: number | null;
  /** In the commit that it was made on. */
  readonly originalStartLine: number | null;
  readonly originalEndLine: number | null;
  readonly originalCommit: Oid | null;
  readonly aboutFile: boolean;
  readonly resolved: boolean;
  readonly outdated: boolean;
  /** Never empty; the oldest first. */
  readonly remarks: readonly PullRemark[];
}

export const statusStates = ["pending", "success", "failure"] as const;

/** How a commit stands in one respect, as GitHub shows it beside the commit and as branch protection reads it. */
export interface CommitStatus {
  readonly state: (typeof statusStates)[number];
  readonly description: string;
}

/** All that was said on a pull request, and how our status on its head stands. */
export interface PullReview {
  readonly pullId: string;
  readonly number: number;
  readonly url: string;
  readonly open: boolean;
  readonly head: Oid;
  /** The texts above groups of remarks, oldest first. */
  readonly reviews: readonly PullRemark[];
  readonly threads: readonly PullThread[];
  /** Null: there is none, or somebody else set the last one. */
  readonly status: (Omit<CommitStatus, "state"> & { readonly state: string }) | null;
}
