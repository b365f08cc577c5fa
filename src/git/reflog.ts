import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run } from "./run";

/** Where a ref (its full name) has pointed, newest first; empty when git keeps no log of it. */
export async function readReflog(repo: Repo, ref: string): Promise<Oid[]> {
  const result = await run(repo.commonDir, ["reflog", "show", "--format=%H", ref, "--"]);
  return result.exitCode === 0 ? result.stdout.split("\n").filter(Boolean) : [];
}
