import type { Repo } from "../git/repo";
import { listWorktrees } from "../git/worktreeList";
import * as git from "../git/worktreeLock";
import { done, type Outcome, refused } from "../model/outcome";

/** Locks a worktree against removal; refused where it is gone or somebody else locked it meanwhile. */
export async function lock(repo: Repo, path: string, reason: string): Promise<Outcome<null>> {
  const result = await git.lockWorktree(repo, path, reason);
  return result.exitCode === 0 ? done(null) : explain(repo, path, result.stderr);
}

/** Takes the lock away; a worktree that is not locked any more is what was asked for. */
export async function unlock(repo: Repo, path: string): Promise<Outcome<null>> {
  const result = await git.unlockWorktree(repo, path);
  if (result.exitCode === 0) return done(null);
  const entry = (await listWorktrees(repo)).find((each) => each.path === path);
  return entry && entry.lockedBecause === null ? done(null) : explain(repo, path, result.stderr);
}

async function explain(repo: Repo, path: string, stderr: string): Promise<Outcome<null>> {
  const entry = (await listWorktrees(repo)).find((each) => each.path === path);
  if (!entry) {
    return refused("no-worktree", `${path} is not a worktree any more.`, "Refresh to see what is there.");
  }
  if (entry.isMain) {
    return refused("main-worktree", "The main worktree cannot be locked.", "It is never removed anyway.");
  }
  if (entry.lockedBecause !== null) {
    const reason = entry.lockedBecause ? `: ${entry.lockedBecause}` : ".";
    return refused("locked", `The worktree is locked already${reason}`, "Its lock was left as it is.");
  }
  return refused("lock-failed", `Git could not change the lock: ${stderr.trim()}`, "Nothing was changed.");
}
