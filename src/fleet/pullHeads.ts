import { askPullHeads, fetchPullHeads, pullRefs } from "../git/fetchPulls";
import { listRefs } from "../git/listRefs";
import type { Repo } from "../git/repo";
import { unasked } from "../git/unasked";
import { updateRefs } from "../git/updateRefs";
import type { PullRequest } from "../model/pull";
import type { Oid } from "../model/worktree";

// Of very many, the ones that were touched last.
const mostHeads = 50;
const timeoutMs = 60_000;

/**
 * Brings the commits of these pull requests here, so that they can be judged like any branch, and lets go of the refs
 * of those that are not open any more. Gives what is here; one that could not be had is missing.
 */
export async function bringPullHeads(
  repo: Repo,
  remote: string,
  pulls: readonly Pick<PullRequest, "number" | "head">[],
  letGo: boolean,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Oid>> {
  const wanted = new Map(pulls.slice(0, mostHeads).map(({ number, head }) => [number, head]));
  let here = await pullHeads(repo);
  const missing = [...wanted].filter(([number, head]) => here.get(number) !== head).map(([number]) => number);
  if (missing.length > 0) {
    await unasked(() => fetchThose(repo, remote, missing, signal));
    here = await pullHeads(repo);
  }
  const gone = letGo ? [...here].filter(([number]) => !wanted.has(number)) : [];
  if (gone.length > 0) {
    const changes = gone.map(([number, oid]) => ({
      verb: "delete" as const,
      ref: `${pullRefs}/${number}`,
      oid,
    }));
    await updateRefs(repo, "agent-foreman: the pull request is not open any more", changes);
  }
  return new Map([...wanted].filter(([number, head]) => here.get(number) === head));
}

/** Git fetches nothing at all where one of them is not there; then those are fetched that are. */
async function fetchThose(
  repo: Repo,
  remote: string,
  numbers: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  const options = { signal, timeoutMs };
  const fetched = await fetchPullHeads(repo, remote, numbers, options);
  if (fetched.exitCode === 0 || numbers.length === 1) return;
  const there = await askPullHeads(repo, remote, numbers, options);
  if (there.length > 0 && there.length < numbers.length) await fetchPullHeads(repo, remote, there, options);
}

async function pullHeads(repo: Repo): Promise<Map<number, Oid>> {
  const refs = await listRefs(repo, [pullRefs]);
  return new Map([...refs].map(([ref, oid]) => [Number(ref.slice(pullRefs.length + 1)), oid]));
}
