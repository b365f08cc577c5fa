import { isClean, isDirty, type StaleLimit } from "../../fleet/needsYou";
import { isRecoverable } from "../../fleet/recoverable";
import type { Worktree } from "../../model/worktree";
import { pullCapabilities } from "../pulls/words";
import { recoveryCapabilities } from "../recovery/words";

/** What can be done with a node, as its contextValue: menus match `/;removable;/`. */
export function capabilities(worktree: Worktree, isCurrent: boolean, limit: StaleLimit): string {
  const linked = !worktree.isMain && !worktree.bare;
  const locked = worktree.lockedBecause !== null;
  const list = [
    "worktree",
    isCurrent && "current",
    worktree.isMain && "main",
    !worktree.missing && !worktree.bare && "folder",
    worktree.missing && "missing",
    worktree.run !== null && "agent",
    worktree.run !== null && worktree.run.state !== "gone" && "running",
    worktree.branch !== null && "branch",
    linked && (locked ? "locked" : "unlocked"),
    linked && !worktree.missing && "removable",
    isDirty(worktree) && "dirty",
    worktree.setup !== null && "setup",
    worktree.landed?.state === "landed" && isClean(worktree) && linked && !locked && "merged",
    ...pull(worktree),
    ...recover(worktree, limit),
  ].filter((each) => typeof each === "string");
  return `;${list.join(";")};`;
}

function recover(worktree: Worktree, limit: StaleLimit): (string | false)[] {
  const recoverable = isRecoverable(worktree, limit);
  const lossy = (worktree.check?.losses.length ?? 0) > 0;
  return [
    ...recoveryCapabilities(worktree.recovery),
    recoverable && "recoverable",
    recoverable && lossy && "lossy",
  ];
}

/** Without an open one, a branch with work of its own may get one; only where GitHub said that it has none. */
function pull({ pull, branch, isMain, ahead, landed }: Worktree): (string | false)[] {
  const known = pull?.pull;
  const open = known?.state === "open";
  const creatable =
    pull !== null && !open && branch !== null && !isMain && (ahead ?? 0) > 0 && landed?.state !== "landed";
  return [...(known ? pullCapabilities(known) : []), creatable && "pullable"];
}
