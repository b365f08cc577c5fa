import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { runOk } from "./run";

/** The tree of a commit. */
export async function findTree(repo: Repo, commit: Oid): Promise<Oid> {
  return (await runOk(repo.dir, ["rev-parse", "--verify", `${commit}^{tree}`])).trim();
}
