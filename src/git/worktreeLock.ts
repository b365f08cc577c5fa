import type { Repo } from "./repo";
import { type GitResult, run } from "./run";

/** Locks a worktree, so that no git command removes it; `reason` is shown to whoever tries. */
export async function lockWorktree(repo: Repo, path: string, reason: string): Promise<GitResult> {
  return run(repo.dir, ["worktree", "lock", `--reason=${reason}`, "--", path]);
}

export async function unlockWorktree(repo: Repo, path: string): Promise<GitResult> {
  return run(repo.dir, ["worktree", "unlock", "--", path]);
}
