import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run } from "./run";

/** The commit that a revision of any form names; null when it names none. */
export async function findCommit(repo: Repo, revision: string): Promise<Oid | null> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const { exitCode, stdout } = await run(repo.dir, args);
  return exitCode === 0 ? stdout.trim() : null;
}
