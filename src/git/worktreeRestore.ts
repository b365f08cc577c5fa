import type { Repo } from "./repo";
import type { GitResult } from "./run";
import { run, runOk } from "./run";

/**
 * Adds a worktree without any file, locked with a reason from its first moment on.
 * `commit`: an existing branch's short name, or an object id with `detached`.
 */
export function addEmptyWorktree(
  repo: Repo,
  worktree: string,
  commit: string,
  options: { readonly detached: boolean; readonly reason: string },
): Promise<GitResult> {
  const { detached, reason } = options;
  const args = ["worktree", "add", "--quiet", "--no-checkout", "--lock", "--reason", reason];
  return run(repo.dir, [...args, ...(detached ? ["--detach"] : []), "--", worktree, commit]);
}

/** Writes the head's files to a worktree that has none. No hook runs, unlike in a checkout. */
export async function fillWorktree(worktree: string): Promise<void> {
  await runOk(worktree, [
    "-c",
    "checkout.workers=0",
    "reset",
    "--quiet",
    "--hard",
    "--no-recurse-submodules",
  ]);
}

/** Has git look at the files again, so that its index knows them as unchanged where they are. */
export async function refreshIndex(worktree: string): Promise<void> {
  // Exit code 1: some files differ from the index, as they should.
  await run(worktree, ["update-index", "-q", "--refresh"]);
}

/** Checks out submodules whose repos are here already. True when all are. */
export async function fillSubmodules(worktree: string): Promise<boolean> {
  const args = ["submodule", "--quiet", "update", "--init", "--recursive", "--no-fetch"];
  return (await run(worktree, args)).exitCode === 0;
}
