import type { Repo } from "../git/repo";
import { findLanded } from "../landing";
import type { MergedPull } from "../model/pull";
import type { Landed, Oid } from "../model/worktree";

/** A branch to be judged: where it is, its name unless detached, and where it started if that was recorded. */
export interface LandedQuery {
  readonly head: Oid;
  readonly branch: string | null;
  readonly base: Oid | null;
}

/** The name under which an answer about a branch and a target is kept. */
export function landedKey({ head, branch, base }: LandedQuery, target: Oid): string {
  return `${head} ${base ?? "-"} ${target} ${branch ?? ""}`;
}

/** Asks for many branches at once; two branches at the same commit may have started at different ones. */
export async function askLanded(
  repo: Repo,
  target: Oid,
  queries: readonly LandedQuery[],
  pulls: readonly MergedPull[],
  signal: AbortSignal,
): Promise<Map<string, Landed>> {
  const answers = new Map<string, Landed>();
  let waiting = queries;
  while (waiting.length > 0) {
    const round = new Map<Oid, LandedQuery>();
    for (const query of waiting) if (!round.has(query.head)) round.set(query.head, query);
    waiting = waiting.filter((query) => round.get(query.head) !== query);
    const bases = new Map([...round].flatMap(([head, { base }]) => (base ? [[head, base] as const] : [])));
    const branches = new Map(
      [...round].flatMap(([head, { branch }]) => (branch ? [[head, `refs/heads/${branch}`] as const] : [])),
    );
    const landed = await findLanded(repo, target, [...round.keys()], { pulls, bases, branches, signal });
    for (const [head, answer] of landed) {
      const query = round.get(head);
      if (query) answers.set(landedKey(query, target), answer);
    }
  }
  return answers;
}
