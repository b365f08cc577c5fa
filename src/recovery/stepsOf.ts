import { diffTrees } from "../git/diffTrees";
import type { Scratch } from "../git/scratch";
import { treesOf } from "../git/treesOf";
import type { Oid } from "../model/worktree";
import type { Step } from "./replay";

/** How some commits are picked, in the same order. They are here, and have one parent each. */
export async function stepsOf(scratch: Scratch, oids: readonly Oid[], signal?: AbortSignal): Promise<Step[]> {
  if (oids.length === 0) return [];
  const trees = await treesOf(scratch, [...oids, ...oids.map((oid) => `${oid}^1`)], signal);
  const pairs = oids.map((oid) => ({ from: trees.get(`${oid}^1`) ?? "", to: trees.get(oid) ?? "" }));
  const changes = await diffTrees(scratch, pairs, { signal });
  return oids.map((oid, i) => ({
    oid,
    from: pairs[i]?.from ?? "",
    to: pairs[i]?.to ?? "",
    changes: changes[i] ?? [],
  }));
}
