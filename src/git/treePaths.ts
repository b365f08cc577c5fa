import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { runOk } from "./run";

/** The path of every file of a commit or tree. */
export async function readTreePaths(repo: Repo, tree: Oid, signal?: AbortSignal): Promise<Set<string>> {
  const args = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", tree];
  const text = await runOk(repo.commonDir, args, signal ? { signal } : {});
  return new Set(text.split("\0").filter((path) => path !== ""));
}
