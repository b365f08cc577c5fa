import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run } from "./run";

/** Where a branch was created and where its head has been since, oldest first. */
export interface Reflog {
  /** Null where the log does not reach back to the creation. */
  readonly createdAt: Oid | null;
  readonly heads: readonly Oid[];
}

/**
 * `git reflog` of a ref (its full name); empty when git keeps none.
 *
 *     <oid>␀commit: feat: mul
 *     <oid>␀branch: Created from main
 */
export async function readReflog(repo: Repo, ref: string): Promise<Reflog> {
  const args = ["reflog", "show", "--format=%H%x00%gs", ref, "--"];
  const result = await run(repo.commonDir, args);
  const entries = result.exitCode === 0 ? result.stdout.split("\n").filter(Boolean).reverse() : [];
  const [oid = "", how = ""] = entries[0]?.split("\0") ?? [];
  return {
    createdAt: how.startsWith("branch: Created from") ? oid : null,
    heads: entries.map((entry) => entry.split("\0")[0] ?? ""),
  };
}
