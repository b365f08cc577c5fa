import type { Repo } from "./repo";
import { type GitOptions, type GitResult, run } from "./run";

/** A branch of a remote, and the ref of ours that follows it. */
export interface RemoteBranch {
  readonly remote: string;
  /** Short name on the remote. */
  readonly branch: string;
}

export function trackingRef({ remote, branch }: RemoteBranch): string {
  return `refs/remotes/${remote}/${branch}`;
}

/**
 * Fetches that one branch and nothing else: no tags, no submodules, no housekeeping, FETCH_HEAD left alone. Several at
 * once may fail on each other's ref lock; look at the ref before believing a failure.
 */
export async function fetchBranch(repo: Repo, from: RemoteBranch, options: GitOptions): Promise<GitResult> {
  return run(
    repo.dir,
    [
      "fetch",
      "--no-tags",
      "--no-recurse-submodules",
      "--no-write-fetch-head",
      "--no-auto-maintenance",
      "--progress",
      "--",
      from.remote,
      `+refs/heads/${from.branch}:${trackingRef(from)}`,
    ],
    options,
  );
}

/** The last whole line of git's progress (`Receiving objects:  45% (9/20)`), for showing to a person. */
export function lastProgress(stderr: string): string | null {
  return (
    stderr
      .split(/[\r\n]+/)
      .map((line) => line.replace(/^remote: /, "").trim())
      .filter((line) => /^[A-Z][a-z ]+: +\d+%/.test(line))
      .at(-1) ?? null
  );
}
