import { readGraphAbove } from "../git/lineage";
import type { Repo } from "../git/repo";
import { treesOf } from "../git/treesOf";
import type { Oid } from "../model/worktree";
import type { Cache } from "../store/cache";
import { newestOf } from "./newest";
import { type Fork, forks, type Graph, type OwnHistory, ownHistory } from "./own";

/** A branch that may meet others. */
export interface Tip {
  /** The caller's name for it, for example a worktree's path. */
  readonly id: string;
  readonly head: Oid;
  /** The tree of its files on disk, where these are not as the head has them. */
  readonly tree?: Oid | null;
  /** Commits that these files are a merge of, together with the head, where one is under way. */
  readonly merging?: readonly Oid[];
  /** All its commits are in the target in one form or another: only what lies on disk counts. */
  readonly landed?: boolean;
}

/** A branch that takes part, and the commit from which on its work is its own. */
export interface Side {
  readonly id: string;
  readonly head: Oid;
  /** Of the files on disk; null where these are as the head has them. */
  readonly tree: Oid | null;
  /** The commits that the tree stands on. */
  readonly parents: readonly Oid[];
  /** All of these in words. */
  readonly state: string;
  readonly base: Oid;
  readonly history: OwnHistory;
}

/** Who takes part. */
export interface Field {
  readonly sides: readonly Side[];
  /** Ids of branches of which nothing can be told: their commits are not here, or stand on nothing of the target. */
  readonly unknown: readonly string[];
  /** By `i j`, places in `sides`: the commit at which two branches part that share commits of their own. */
  readonly forks: ReadonlyMap<string, Fork>;
}

/** Finds out what each branch has of its own. Landed and empty ones with nothing new on disk take no part. */
export async function readField(
  repo: Repo,
  target: Oid,
  tips: readonly Tip[],
  cache: Cache,
  signal?: AbortSignal,
): Promise<Field> {
  const asked = tips.filter(({ tree, landed }) => tree || !landed);
  if (asked.length === 0) return { sides: [], unknown: [], forks: new Map() };
  const heads = [...new Set(asked.flatMap(headsOf))];
  const { graph, missing } = await readGraph(repo, heads, target, signal);
  const read = await Promise.all(asked.map((tip) => readSide(repo, tip, graph, missing, cache)));
  const sides = read.filter((side) => side !== "unknown" && side !== "idle");
  // Two pairs of the same branches are the same question.
  sides.sort((a, b) => (a.state < b.state ? -1 : 1));
  const histories = sides.map(({ history }) => history);
  const unknown = asked.filter((_, i) => read[i] === "unknown").map(({ id }) => id);
  return { sides, unknown, forks: forks(graph, histories) };
}

function headsOf({ head, merging = [] }: Tip): Oid[] {
  return [head, ...merging];
}

async function readGraph(
  repo: Repo,
  heads: readonly Oid[],
  target: Oid,
  signal?: AbortSignal,
): Promise<{ graph: Graph; missing: ReadonlySet<Oid> }> {
  try {
    return { graph: await readGraphAbove(repo, heads, target, signal), missing: new Set() };
  } catch (error) {
    const here = await treesOf(repo, heads, signal);
    const missing = new Set(heads.filter((oid) => !here.has(oid)));
    if (missing.size === 0 || signal?.aborted) throw error;
    return { graph: await readGraphAbove(repo, [...here.keys()], target, signal), missing };
  }
}

async function readSide(
  repo: Repo,
  tip: Tip,
  graph: Graph,
  missing: ReadonlySet<Oid>,
  cache: Cache,
): Promise<Side | "unknown" | "idle"> {
  const { id, head, tree = null, landed } = tip;
  const parents = headsOf(tip);
  if (parents.some((oid) => missing.has(oid))) return "unknown";
  const history = landed ? { commits: new Set<Oid>(), edges: [head] } : ownHistory(graph, parents);
  if (history.commits.size === 0 && !tree) return "idle";
  // Without any it stands on nothing of the target; of several that are equally new, each is as good.
  const [base] = await newestOf(repo, history.edges, cache);
  const state = tree ? `${parents.join("+")} ${tree}` : `${head} -`;
  return base === undefined ? "unknown" : { id, head, tree, parents, state, base, history };
}
