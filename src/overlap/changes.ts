import * as v from "valibot";
import { type DiffEntry, diffTrees } from "../git/diffTrees";
import type { Repo } from "../git/repo";
import { withScratch } from "../git/scratch";
import { treesOf } from "../git/treesOf";
import type { Oid } from "../model/worktree";
import type { Cache } from "../store/cache";
import type { Renames } from "./meet";
import { newestOf } from "./newest";
import { changesSchema, renamesSchema } from "./stored";

/** What a branch did: from the commit where its work began to a tree. */
export interface Stretch {
  readonly base: Oid;
  readonly tree: Oid;
}

export function stretchKey({ base, tree }: Stretch): string {
  return `${base} ${tree}`;
}

// A larger list would crowd out the rest of the cache.
const mostStored = 5_000;

/** The changes of many stretches by `stretchKey`; one git process reads all that were never asked about. */
export async function readChanges(
  repo: Repo,
  stretches: readonly Stretch[],
  cache: Cache,
  signal?: AbortSignal,
): Promise<Map<string, readonly DiffEntry[]>> {
  const found = new Map<string, readonly DiffEntry[]>();
  const unread = new Map<string, Stretch>();
  for (const stretch of stretches) {
    const key = stretchKey(stretch);
    if (found.has(key) || unread.has(key)) continue;
    const known = v.safeParse(changesSchema, cache.get(`changes ${key}`));
    if (known.success) found.set(key, known.output);
    else unread.set(key, stretch);
  }
  const [some] = unread.values();
  if (!some) return found;
  await withScratch(repo, some.base, async (scratch) => {
    const bases = [...new Set([...unread.values()].map(({ base }) => base))];
    const trees = await treesOf(scratch, bases, signal);
    const readable = [...unread].filter(([, { base }]) => trees.has(base));
    const pairs = readable.map(([, { base, tree }]) => ({ from: trees.get(base) ?? "", to: tree }));
    const diffs = await diffTrees(scratch, pairs, { signal, renames: true });
    for (const [i, [key]] of readable.entries()) {
      const changes = diffs[i] ?? [];
      found.set(key, changes);
      if (changes.length <= mostStored) cache.set(`changes ${key}`, changes);
    }
  });
  return found;
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
  if (unread.length === 0) return found;
  await withScratch(repo, target, async (scratch) => {
    const trees = await treesOf(scratch, [...unread, newest], signal);
    const readable = unread.filter((base) => trees.has(base) && trees.has(newest));
    const pairs = readable.map((base) => ({ from: trees.get(base) ?? "", to: trees.get(newest) ?? "" }));
    const diffs = await diffTrees(scratch, pairs, { signal, renames: true });
    for (const [i, base] of readable.entries()) {
      const renames = (diffs[i] ?? []).flatMap(({ movedFrom, path }): [string, string][] =>
        movedFrom === null ? [] : [[movedFrom, path]],
      );
      found.set(base, new Map(renames));
      if (renames.length <= mostStored) cache.set(`renames ${base} ${newest}`, renames);
    }
  });
  return found;
}
