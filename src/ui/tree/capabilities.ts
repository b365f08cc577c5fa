import type { Worktree } from "../../model/worktree";
import { isClean, isDirty } from "./attention";

/** What can be done with a node, as its contextValue: menus match `/;removable;/`. */
export function capabilities(worktree: Worktree, isCurrent: boolean): string {
  const linked = !worktree.isMain && !worktree.bare;
  const locked = worktree.lockedBecause !== null;
  const list = [
    "worktree",
    isCurrent && "current",
    worktree.isMain && "main",
    !worktree.missing && !worktree.bare && "folder",
    worktree.missing && "missing",
    worktree.branch !== null && "branch",
    linked && (locked ? "locked" : "unlocked"),
    linked && !worktree.missing && "removable",
    isDirty(worktree) && "dirty",
    worktree.setup !== null && "setup",
    worktree.landed?.state === "landed" && isClean(worktree) && linked && !locked && "merged",
  ].filter((each) => typeof each === "string");
  return `;${list.join(";")};`;
}
