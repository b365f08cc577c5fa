import type { Repo } from "./repo";
import { type GitOptions, type GitResult, run } from "./run";

/**
 * Checks an existing branch out into a new folder. Writes no configuration, so adds do not meet on its lock. On
 * failure git takes back what it did, unless it is killed.
 */
export async function worktreeAdd(
  repo: Repo,
  path: string,
  branch: string,
  options: GitOptions,
): Promise<GitResult> {
  const longPaths = process.platform === "win32" ? ["-c", "core.longpaths=true"] : [];
  return run(
    repo.dir,
    // Zero workers: as many as there are cores.
    ["-c", "checkout.workers=0", ...longPaths, "worktree", "add", "--", path, branch],
    options,
  );
}
