import type { Worktree } from "../../model/worktree";

/** What a person must decide about a worktree; everything else is only shown. */
export type Attention = "losses" | "conflict" | "missing" | "remoteAhead" | "staleBase";

/** From when on the base of unfinished work counts as stale. 0: never. */
export interface StaleLimit {
  /** Commits that the target has and the branch does not. */
  readonly commits: number;
}

export function attention(worktree: Worktree, limit: StaleLimit): Attention[] {
  const found: Attention[] = [];
  if ((worktree.check?.losses.length ?? 0) > 0) found.push("losses");
  if ((worktree.dirt?.conflicted ?? 0) > 0) found.push("conflict");
  // A locked worktree may lie on a drive that is not there now, and git keeps its entry on purpose.
  if (worktree.missing && worktree.lockedBecause === null) found.push("missing");
  if ((worktree.remoteAhead ?? 0) > 0 && worktree.landed?.state !== "landed") found.push("remoteAhead");
  if (isStale(worktree, limit)) found.push("staleBase");
  return found;
}

/** Unfinished work that the target has left far behind: what it deletes or overwrites may be somebody's new work. */
export function isStale(worktree: Worktree, limit: StaleLimit): boolean {
  const unfinished = worktree.landed?.state === "open" || (worktree.ahead ?? 0) > 0 || isDirty(worktree);
  if (worktree.isMain || worktree.missing || worktree.landed?.state === "landed" || !unfinished) return false;
  return limit.commits > 0 && (worktree.behind ?? 0) >= limit.commits;
}

export function isDirty({ dirt }: Worktree): boolean {
  return dirt !== null && dirt.staged + dirt.changed + dirt.untracked + dirt.conflicted > 0;
}

/** Proven clean: an unread worktree is neither dirty nor clean. */
export function isClean(worktree: Worktree): boolean {
  return worktree.dirt !== null && !isDirty(worktree);
}
