import { parseLsRemote } from "./lsRemote";
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

/** Of which of these pull requests the remote has a head; none where it does not answer. */
export async function askPullHeads(
  repo: Repo,
  remote: string,
  numbers: readonly number[],
  options: GitOptions,
): Promise<number[]> {
  const refs = numbers.map((number) => `refs/pull/${number}/head`);
  const result = await run(repo.dir, ["ls-remote", "--", remote, ...refs], options);
  const { oids } = parseLsRemote(result.exitCode === 0 ? result.stdout : "");
  return numbers.filter((number) => oids.has(`refs/pull/${number}/head`));
}
