import type { Worktree } from "../model/worktree";
import { isDirty, isPushedTo, isStale, type StaleLimit } from "./needsYou";

/**
 * Whether taking a branch's own work to a clean branch is worth offering: landing it would lose something or conflicts, its
 * pull request is merged already, others have pushed to it, or it is built on an old state.
 */
export function isRecoverable(worktree: Worktree, limit: StaleLimit): boolean {
  const { branch, ahead, landed, check, pull, recovery, recoveredAs } = worktree;
  if (branch === null || recovery !== null || landed?.state === "landed") return false;
  if (recoveredAs !== null && pull?.pull?.state !== "open") return false;
  if (!ahead && !isDirty(worktree)) return false;
  const bad = (check?.losses.length ?? 0) + (check?.conflicts.length ?? 0) > 0;
  return bad || pull?.outlived === true || isPushedTo(worktree) || isStale(worktree, limit);
}

/** Whether a recovery is just making it, so that nothing can be said yet of what landing it would do. */
export function isBeingMade({ recovery, branch }: Pick<Worktree, "recovery" | "branch">): boolean {
  return recovery !== null && recovery.newBranch === branch;
}
