import type { Repo } from "../git/repo";
import type { Outcome } from "../model/outcome";
import { type Removed, type RemoveOptions, removeWorktree } from "./remove";

/**
 * Removes those of the worktrees whose work has landed, one after the other. One that is refused or fails does not
 * stop the others; results are in the order of `paths`.
 */
export async function removeMerged(
  repo: Repo,
  paths: readonly string[],
  options: Pick<RemoveOptions, "signal" | "pulls"> & {
    readonly onResult?: (path: string, result: Outcome<Removed>) => void;
  } = {},
): Promise<{ readonly path: string; readonly result: Outcome<Removed> }[]> {
  const results: { path: string; result: Outcome<Removed> }[] = [];
  const { onResult, ...rest } = options;
  for (const path of paths) {
    const result = await removeWorktree(repo, path, { ...rest, onlyMerged: true }).catch(failed);
    results.push({ path, result });
    onResult?.(path, result);
  }
  return results;
}

function failed(error: unknown): Outcome<never> {
  const message = error instanceof Error ? error.message : String(error);
  const hint = "What had begun is taken back or finished the next time. Nothing is lost.";
  return { ok: false, refusal: { code: "failed", message, hint } };
}
