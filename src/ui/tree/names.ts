import type { Snapshot } from "../../fleet";
import type { Worktree } from "../../model/worktree";
import type { Names } from "./overlaps";

/** Names that more than one worktree has. */
export function twins(worktrees: readonly Worktree[]): ReadonlySet<string> {
  const linked = worktrees.filter((each) => !each.isMain).map((each) => each.name);
  const mains = new Set(worktrees.filter((each) => each.isMain).map((each) => each.name));
  return new Set(linked.filter((name, index) => mains.has(name) || linked.indexOf(name) !== index));
}

/** A worktree's name, with the folder above where another has the same. */
export function nameIn({ name, path, isMain }: Worktree, same: ReadonlySet<string>): string {
  return same.has(name) && !isMain ? path.split(/[\\/]/).slice(-2).join("/") : name;
}

/** What the branches that may meet are called. */
export function namesIn({ worktrees, pulls }: Pick<Snapshot, "worktrees" | "pulls">): Names {
  const same = twins(worktrees);
  return new Map([
    ...worktrees.map((worktree): [string, string] => [worktree.path, nameIn(worktree, same)]),
    ...pulls.map(({ pull }): [string, string] => [`#${pull.number}`, `#${pull.number}`]),
  ]);
}
