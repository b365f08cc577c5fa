import { createHash } from "node:crypto";
import * as v from "valibot";
import { mergeBase } from "../git/commits";
import { readGraphAbove } from "../git/lineage";
import type { Repo } from "../git/repo";
import { treesOf } from "../git/treesOf";
import type { Oid } from "../model/worktree";
import type { Cache } from "../store/cache";
import { forks, type OwnHistory, ownHistory } from "./own";
import { oidSchema } from "./stored";

/** A branch that may meet others. */
export interface Tip {
  /** The caller's name for it, for example a worktree's path. */
  readonly id: string;
  readonly head: Oid;
  /** The tree of its files on disk, where these are not as the head has them. */
  readonly tree?: Oid | null;
  /** All its commits are in the target in one form or another: only what lies on disk counts. */
  readonly landed?: boolean;
}

/** A branch that takes part, and the commit from which on its work is its own. */
export interface Side {
  readonly id: string;
  readonly head: Oid;
  /** The head's own tree, or that of the files on disk. */
  readonly tree: Oid;
  readonly dirty: boolean;
  readonly base: Oid;
  readonly history: OwnHistory;
}

/** Who takes part. */
export interface Field {
  readonly sides: readonly Side[];
  /** Ids of branches of which nothing can be told: their commits are not here, or stand on nothing of the target. */
  readonly unknown: readonly string[];
  /** By `i j`, places in `sides`: the commit at which two branches part that share commits of their own. */
  readonly forks: ReadonlyMap<string, Oid>;
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
  const heads = [...new Set(asked.map(({ head }) => head))];
  const [graph, trees] = await Promise.all([
    readGraphAbove(repo, heads, target, signal),
    treesOf({ dir: repo.commonDir }, heads, signal),
  ]);
  const sides: Side[] = [];
  const unknown: string[] = [];
  await Promise.all(
    asked.map(async ({ id, head, tree, landed }) => {
      const headTree = trees.get(head);
      const history = landed ? nothing : ownHistory(graph, head);
      const dirty = Boolean(tree) && tree !== headTree;
      if (headTree !== undefined && history.commits.size === 0 && !dirty) return;
      const base = await baseOf(repo, target, head, history, cache);
      if (headTree === undefined || base === null) unknown.push(id);
      else sides.push({ id, head, tree: tree || headTree, dirty, base, history });
    }),
  );
  sides.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return {
    sides,
    unknown,
    forks: forks(
      graph,
      sides.map(({ history }) => history),
    ),
  };
}

const nothing: OwnHistory = { commits: new Set(), edges: [] };

const key = ({ head, tree, id }: Side): string => `${head} ${tree} ${id}`;

/** Null where the branch has nothing in common with the target. */
async function baseOf(
  repo: Repo,
  target: Oid,
  head: Oid,
  { commits, edges }: OwnHistory,
  cache: Cache,
): Promise<Oid | null> {
  if (commits.size === 0) return head;
  const [only, ...others] = edges;
  if (only === undefined) return null;
  if (others.length === 0) return only;
  // Which of them is the newest follows from them alone.
  const name = `base ${createHash("sha256").update(edges.join()).digest("hex")}`;
  const known = v.safeParse(oidSchema, cache.get(name));
  if (known.success) return known.output;
  const best = await mergeBase(repo, target, head);
  if (best !== null) cache.set(name, best);
  return best;
}
