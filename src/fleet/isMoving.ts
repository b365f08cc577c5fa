import type { PullRequest } from "../model/pull";

/** Something will change soon: checks run, GitHub computes whether it merges, or will merge by itself. */
export function isMoving(open: readonly PullRequest[]): boolean {
  return open.some(
    ({ checks, mergeable, autoMerge }) =>
      checks.state === "pending" || mergeable === "unknown" || autoMerge !== null,
  );
}
