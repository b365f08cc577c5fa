import type { Repo } from "./repo";
import { type GitOptions, type GitResult, run } from "./run";

export const pullRefs = "refs/agent-foreman/pull";

/** Fetches the heads of pull requests, all at once, into refs of ours that no branch and no agent sees. */
export async function fetchPullHeads(
  repo: Repo,
  remote: string,
  numbers: readonly number[],
  options: GitOptions,
): Promise<GitResult> {
  return run(
    repo.dir,
    [
      "fetch",
      "--no-tags",
      "--no-recurse-submodules",
      "--no-write-fetch-head",
      "--no-auto-maintenance",
      "--",
      remote,
      ...numbers.map((number) => `+refs/pull/${number}/head:${pullRefs}/${number}`),
    ],
    options,
  );
}
