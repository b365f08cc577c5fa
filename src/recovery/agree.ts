import type { MergedTree } from "../git/mergeTrees";
import type { Branch } from "../landing/branch";
import { treesEffect } from "../landing/effect";
import type { Place } from "../landing/lab";
import type { Oid } from "../model/worktree";
import { replay, type Step, type Workshop } from "./replay";

/** The branch merged as a whole. */
export interface WholeMerge {
  readonly merged: MergedTree | null;
  /** Whether that leaves out all that is to stay behind. */
  readonly exact: boolean;
}

/**
 * Merges the branch's head, with the target told that it has had the commits that stay behind: then git takes all that
 * came after them, and text that only merges of the branch hold.
 */
export async function mergeWhole(
  { scratch, lab }: Pick<Workshop, "scratch" | "lab">,
  branch: Branch,
  onto: Place,
  staysBehind: ReadonlySet<Oid>,
): Promise<WholeMerge> {
  const own = new Set(branch.own.map(({ oid }) => oid));
  const behind = new Set<Oid>();
  const tips = new Set<Oid>();
  for (const { oid, parents, changes } of branch.own) {
    const itself = parents.length > 1 || changes.length === 0 || staysBehind.has(oid);
    if (!itself || !parents.every((parent) => behind.has(parent) || !own.has(parent))) continue;
    behind.add(oid);
    tips.add(oid);
    for (const parent of parents) tips.delete(parent);
  }
  const ours = await scratch.commit(onto.tree, [onto.oid, ...tips]);
  return {
    merged: await lab.mergeCommits(ours, branch.head),
    exact: [...staysBehind].every((oid) => behind.has(oid)),
  };
}

/**
 * The same from the other end: takes what was picked out of the branch's head again, which leaves all that stays behind, and
 * merges the way from there to the head. Null where that conflicts.
 */
export async function mergeFromBehind(
  workshop: Workshop,
  head: Place,
  onto: Place,
  picked: readonly Step[],
): Promise<Oid | null> {
  const back = [...picked].reverse().map(({ oid, from, to, changes }) => ({
    oid,
    from: to,
    to: from,
    changes: changes.map((change) => ({ path: change.path, old: change.new, new: change.old })),
  }));
  const behind = await replay(workshop, head, back);
  if (behind.picked.some(({ outcome }) => outcome === "conflict")) return null;
  const from = behind.place.tree;
  const changes = await workshop.lab.changes(from, head.tree);
  const merged = await workshop.lab.apply(treesEffect(from, head.tree, changes), onto);
  return merged?.clean ? merged.tree : null;
}
