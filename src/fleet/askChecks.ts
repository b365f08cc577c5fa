import pLimit from "p-limit";
import type { TargetRef } from "../git/refs";
import type { Repo } from "../git/repo";
import { checkUndecided } from "../losses/cached";
import type { CheckDocument } from "../model/check";
import type { WorktreeEntry } from "../model/worktree";
import { type LandedQuery, landedKey } from "./askLanded";

/** A branch to be checked, and the worktree that it was found in. */
export interface CheckQuery {
  readonly query: LandedQuery;
  readonly entry: WorktreeEntry;
}

// A check uses several git processes of its own, and nobody waits for it.
const atOnce = 2;

/**
 * Checks what the target would lose, one branch after the other; each answer is handed over as it arrives, as it was
 * before anybody decided: decisions may come and go while it holds.
 */
export async function askChecks(
  repo: Repo,
  target: TargetRef,
  queries: readonly CheckQuery[],
  signal: AbortSignal,
  onAnswer: (key: string, answer: CheckDocument | null) => void,
): Promise<void> {
  const slots = pLimit(atOnce);
  const ask = async ({ query, entry }: CheckQuery): Promise<void> => {
    if (signal.aborted) return;
    const request = {
      base: target.ref.replace(/^refs\/(heads|remotes)\//, ""),
      head: entry.branch === null ? query.head : `refs/heads/${entry.branch}`,
      records: new Map(entry.branch !== null && query.base !== null ? [[entry.branch, query.base]] : []),
    };
    const answer = await checkUndecided(repo, request, signal).catch(() => null);
    if (signal.aborted) return;
    // The branch may have moved on since it was listed; that answer belongs to another commit.
    const fits = answer?.ok && answer.value.head.oid === query.head && answer.value.base.oid === target.oid;
    onAnswer(landedKey(query, target.oid), fits ? answer.value : null);
  };
  await Promise.all(queries.map((query) => slots(() => ask(query))));
}
