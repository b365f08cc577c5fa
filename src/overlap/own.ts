import type { Oid } from "../model/worktree";

/** Commits that the target does not have, with their parents; children come before their parents. */
export type Graph = ReadonlyMap<Oid, readonly Oid[]>;

/** What a head has of its own. */
export interface OwnHistory {
  readonly commits: ReadonlySet<Oid>;
  /** The target's commits that these stand on: one where the branch left it, one for each time that it took it in. */
  readonly edges: readonly Oid[];
}

/** `heads`: a branch's head, and the commits that are being merged into it. */
export function ownHistory(graph: Graph, heads: readonly Oid[]): OwnHistory {
  const commits = new Set<Oid>();
  const edges = new Set<Oid>();
  const open = [...heads];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    const parents = graph.get(oid);
    if (!parents) edges.add(oid);
    else if (!commits.has(oid)) open.push(...parents);
    if (parents) commits.add(oid);
  }
  return { commits, edges: [...edges].sort() };
}

/** Where two branches part. */
export interface Fork {
  readonly oid: Oid;
  /** The target's commits that they both stand on. */
  readonly edges: readonly Oid[];
}

/** For the pairs (`i j`, i < j) that have own commits in common: the newest of these, where the two part. */
export function forks(graph: Graph, histories: readonly OwnHistory[]): Map<string, Fork> {
  const found = new Map<string, Fork>();
  for (const oid of graph.keys()) {
    const having = histories.flatMap(({ commits }, index) => (commits.has(oid) ? [index] : []));
    const pairs = having.flatMap((i, place) => having.slice(place + 1).map((j) => `${i} ${j}`));
    const parting = pairs.filter((pair) => !found.has(pair));
    if (parting.length === 0) continue;
    const fork = { oid, edges: ownHistory(graph, [oid]).edges };
    for (const pair of parting) found.set(pair, fork);
  }
  return found;
}
