import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run, runOk } from "./run";

/** Commits that only `tip` has, and that only `target` has. */
export interface AheadBehind {
  readonly ahead: number;
  readonly behind: number;
}

export interface Pair {
  readonly tip: Oid;
  readonly target: Oid;
}

/**
 * Counts for many pairs with two git processes, however many pairs there are: the part of the history above what
 * all have in common is read once and walked here. Results are in the order of `pairs`.
 */
export async function countAheadBehind(repo: Repo, pairs: readonly Pair[]): Promise<AheadBehind[]> {
  const differing = pairs.filter(({ tip, target }) => tip !== target);
  if (differing.length === 0) return pairs.map(() => ({ ahead: 0, behind: 0 }));
  const tips = [...new Set(differing.flatMap(({ tip, target }) => [tip, target]))];
  // Exit code 1: nothing in common, so everything is read.
  const common = (await run(repo.dir, ["merge-base", "--octopus", ...tips])).stdout.trim();
  const text = await runOk(repo.dir, [
    "rev-list",
    "--parents",
    ...tips,
    ...(common ? ["--not", common] : []),
  ]);
  return countPairs(parseGraph(text), pairs);
}

/** Parses `git rev-list --parents`: a line a commit, its own id first, then its parents'. */
export function parseGraph(text: string): Map<Oid, readonly Oid[]> {
  const graph = new Map<Oid, readonly Oid[]>();
  for (const line of text.split("\n")) {
    const [oid, ...parents] = line.split(" ");
    if (oid) graph.set(oid, parents);
  }
  return graph;
}

/** Pure part of countAheadBehind; commits that are not in the graph are common to all and count for nobody. */
export function countPairs(graph: ReadonlyMap<Oid, readonly Oid[]>, pairs: readonly Pair[]): AheadBehind[] {
  const reached = new Map<Oid, ReadonlySet<Oid>>();
  const ancestors = (tip: Oid): ReadonlySet<Oid> => {
    const known = reached.get(tip);
    if (known) return known;
    const seen = new Set<Oid>();
    const open = graph.has(tip) ? [tip] : [];
    for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
      if (seen.has(oid)) continue;
      seen.add(oid);
      for (const parent of graph.get(oid) ?? []) if (graph.has(parent)) open.push(parent);
    }
    reached.set(tip, seen);
    return seen;
  };
  return pairs.map(({ tip, target }) => {
    const mine = ancestors(tip);
    const theirs = ancestors(target);
    let shared = 0;
    for (const oid of mine) if (theirs.has(oid)) shared++;
    return { ahead: mine.size - shared, behind: theirs.size - shared };
  });
}
