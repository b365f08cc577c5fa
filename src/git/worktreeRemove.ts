import { rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { isWhole, worktreeOf } from "./adminDir";
import type { Repo } from "./repo";
import { type GitResult, run } from "./run";

/** Has git forget a worktree whose folder is gone. Without `--force`, so a locked one stays. */
export function forgetWorktree(repo: Repo, worktree: string): Promise<GitResult> {
  return run(repo.dir, ["worktree", "remove", "--", worktree]);
}

/**
 * Deletes the rest of an administrative folder that a killed git had begun to delete. Left alone when it is whole, or
 * about another worktree.
 */
export async function clearHalfForgotten(adminDir: string, worktree: string): Promise<void> {
  const about = await worktreeOf(adminDir);
  if ((about !== null && about !== path.resolve(worktree)) || (await isWhole(adminDir))) return;
  await rm(adminDir, { recursive: true, force: true });
  await rmdir(path.dirname(adminDir)).catch(() => {});
}
