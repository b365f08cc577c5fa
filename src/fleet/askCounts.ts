import { type AheadBehind, countAheadBehind, type Pair } from "../git/aheadBehind";
import type { Repo } from "../git/repo";
import type { Oid, WorktreeEntry } from "../model/worktree";
import { type Facts, pairKey, remoteTip } from "./snapshot";

/**
 * Counts how far worktrees are from the target and from their own branch on the remote, by `pairKey`; only pairs of
 * commits that were never asked about.
 */
export async function askCounts(
  repo: Repo,
  facts: Pick<Facts, "counts" | "refs" | "target">,
  entries: readonly WorktreeEntry[],
  target: Oid,
): Promise<Map<string, AheadBehind>> {
  const pairs = new Map<string, Pair>();
  for (const { head, branch } of entries) {
    if (!head) continue;
    for (const other of [target, remoteTip(facts, branch)]) {
      if (other) pairs.set(pairKey(head, other), { tip: head, target: other });
    }
  }
  const unasked = [...pairs].filter(([key]) => !facts.counts.has(key));
  if (unasked.length === 0) return new Map();
  const answers = await countAheadBehind(
    repo,
    unasked.map(([, pair]) => pair),
  );
  return new Map(
    unasked.flatMap(([key], index) => {
      const answer = answers[index];
      return answer ? [[key, answer] as const] : [];
    }),
  );
}
