import pLimit from "p-limit";
import type { Aside } from "../git/aside";
import type { TargetRef } from "../git/refs";
import type { Repo } from "../git/repo";
import type { Status } from "../git/status";
import { checkUndecided } from "../losses/cached";
import type { CheckDocument } from "../model/check";
import type { WorktreeEntry } from "../model/worktree";
import { type LandedQuery, landedKey } from "./askLanded";
import type { Facts } from "./snapshot";

/** A branch to be checked, and the worktree that it was found in, or a pull request's commit on no branch here. */
export interface CheckQuery {
  readonly query: LandedQuery;
  readonly entry: Pick<WorktreeEntry, "branch" | "path">;
  /** What is not committed there, so that the files on disk are judged; null: the commits alone are. */
  readonly changes: Status | null;
}

// A check uses several git processes of its own, and nobody waits for it.
const atOnce = 2;

/**
 * Checks what the target would lose, one branch after the other; each answer is handed over as it arrives, as it was
 * before anybody decided: decisions may come and go while it holds. Of a branch that moved on meanwhile there is none.
 */
export async function askChecks(
  repo: Repo,
  aside: Aside,
  target: TargetRef,
  queries: readonly CheckQuery[],
  signal: AbortSignal,
  onAnswer: (query: CheckQuery, key: string, answer: CheckDocument | null) => void,
): Promise<void> {
  const slots = pLimit(atOnce);
  const ask = async (asked: CheckQuery): Promise<void> => {
    const { query, entry, changes } = asked;
    if (signal.aborted) return;
    const request = {
      base: target.ref.replace(/^refs\/(heads|remotes)\//, ""),
      head: entry.branch === null ? query.head : `refs/heads/${entry.branch}`,
      records: new Map(entry.branch !== null && query.base !== null ? [[entry.branch, query.base]] : []),
      ...(changes ? { worktree: true, aside } : {}),
    };
    const place = changes ? { ...repo, top: entry.path } : repo;
    const answer = await checkUndecided(place, request, signal).catch(() => null);
    if (signal.aborted) return;
    const found = answer?.ok ? answer.value : null;
    // The branch or the target moved on since they were listed; the next refresh sees that, and asks again.
    if (found && (found.head.oid !== query.head || found.base.oid !== target.oid)) return;
    onAnswer(asked, landedKey(query, target.oid), found);
  };
  await Promise.all(queries.map((query) => slots(() => ask(query))));
}

/** The facts with one more answer in them. */
export function withAnswer(
  { checks, diskChecks }: Pick<Facts, "checks" | "diskChecks">,
  { entry, changes }: CheckQuery,
  key: string,
  answer: CheckDocument | null,
): Partial<Facts> {
  if (!changes) return { checks: new Map(checks).set(key, answer) };
  // The same answer stays the same object, so that nobody is told of a change that is none.
  const before = diskChecks.get(entry.path)?.answer ?? null;
  const same = JSON.stringify(before) === JSON.stringify(answer);
  const said = { key, status: changes, answer: same ? before : answer };
  return { diskChecks: new Map(diskChecks).set(entry.path, said) };
}
