import { readCommitWords } from "../../git/rawCommits";
import type { Repo } from "../../git/repo";
import { pullRequest } from "../../losses/case";
import type { RecoveryCommit } from "../../model/recovery";
import type { Oid } from "../../model/worktree";

/** The pull requests that commits landed with, as the landings' titles name them. */
export async function pullsOf(
  repo: Repo,
  commits: readonly RecoveryCommit[],
): Promise<ReadonlyMap<Oid, number>> {
  const landings = new Set(commits.flatMap(({ landedAs }) => landedAs ?? []));
  const words = await readCommitWords(repo, [...landings]);
  return new Map(
    [...words].flatMap(([oid, { message }]) => {
      const pull = pullRequest(message.split("\n")[0] ?? "");
      return pull === null ? [] : [[oid, pull] as const];
    }),
  );
}
