import * as v from "valibot";
import { type DiffEntry, diffTrees } from "../git/diffTrees";
import type { Repo } from "../git/repo";
import { withScratch } from "../git/scratch";
import { treesOf } from "../git/treesOf";
import type { Oid } from "../model/worktree";
import type { Cache } from "../store/cache";
import type { Renames } from "./meet";
import { newestOf } from "./newest";
import type { Pair } from "./pairs";
import type { Side } from "./sides";
import { changesSchema, renamesSchema } from "./stored";

// A larger list would crowd out the rest of the cache.
const mostStored = 5_000;

/** The name of what a branch did from a commit on. */
export function stretchKey(side: Pick<Side, "state">, base: Oid): string {
  return `${base} ${side.state}`;
}

/** What each branch did from its bases on, by `stretchKey`; one git process reads all that was never asked about. */
export async function readChanges(
  repo: Repo,
  pairs: readonly Pair[],
  cache: Cache,
  signal?: AbortSignal,
): Promise<Map<string, readonly DiffEntry[]>> {
  const stretches = new Map<Side, Set<Oid>>();
  const note = (side: Side, base: Oid): void => {
    stretches.set(side, (stretches.get(side) ?? new Set()).add(base));
  };
  for (const { a, b, aBase, bBase, aTaken, bTaken } of pairs) {
    for (const base of [aBase, aTaken]) if (base !== null) note(a, base);
    for (const base of [bBase, bTaken]) if (base !== null) note(b, base);
  }
  const found = new Map<string, readonly DiffEntry[]>();
  const unread = new Map<string, { readonly base: Oid; readonly end: Oid }>();
  for (const [side, bases] of stretches) {
    for (const base of bases) {
      const key = stretchKey(side, base);
      const known = v.safeParse(changesSchema, cache.get(`changes ${key}`));
      if (known.success) found.set(key, known.output);
      else unread.set(key, { base, end: side.tree ?? side.head });
    }
  }
  const diffs = await diffAll(repo, [...unread.values()], signal);
  for (const [i, key] of [...unread.keys()].entries()) {
    const changes = diffs[i] ?? [];
    found.set(key, changes);
    if (changes.length <= mostStored) cache.set(`changes ${key}`, changes);
  }
  return found;
}

/** Compares many pairs of commits, or of commits and trees. */
async function diffAll(
  repo: Repo,
  pairs: readonly { readonly base: Oid; readonly end: Oid }[],
  signal?: AbortSignal,
): Promise<DiffEntry[][]> {
  const [some] = pairs;
  if (!some) return [];
  return withScratch(repo, some.base, async (scratch) => {
    const trees = await treesOf(scratch, [...new Set(pairs.flatMap(({ base, end }) => [base, end]))], signal);
    const asked = pairs.map(({ base, end }) => ({ from: trees.get(base) ?? "", to: trees.get(end) ?? "" }));
    return diffTrees(scratch, asked, { signal, renames: true });
  });
}

/**
 * For each base: the names that files have there, to the names that the target gave them until the newest of the
 * bases. So one name stands for a file, wherever on the target a branch began.
 */
export async function readTargetRenames(
  repo: Repo,
  target: Oid,
  bases: readonly Oid[],
  cache: Cache,
  signal?: AbortSignal,
): Promise<Map<Oid, Renames>> {
  const distinct = [...new Set(bases)];
  const found = new Map<Oid, Renames>();
  if (distinct.length < 2) return found;
  const [only, ...others] = await newestOf(repo, distinct, cache);
  // Bases that are not all on one line meet in the target.
  const newest = only !== undefined && others.length === 0 ? only : target;
  const unread: Oid[] = [];
  for (const base of distinct) {
    const known = v.safeParse(renamesSchema, cache.get(`renames ${base} ${newest}`));
    if (known.success) found.set(base, new Map(known.output));
    else if (base !== newest) unread.push(base);
  }
  const diffs = await diffAll(
    repo,
    unread.map((base) => ({ base, end: newest })),
    signal,
  );
  for (const [i, base] of unread.entries()) {
    const renames = (diffs[i] ?? []).flatMap(({ movedFrom, path }): [string, string][] =>
      movedFrom === null ? [] : [[movedFrom, path]],
    );
    found.set(base, new Map(renames));
    if (renames.length <= mostStored) cache.set(`renames ${base} ${newest}`, renames);
  }
  return found;
}
