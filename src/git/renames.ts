import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run } from "./run";

/** Old path → new path of the files that moved between two commits; empty where one of the commits is not here. */
export async function readRenames(repo: Repo, from: Oid, to: Oid): Promise<Map<string, string>> {
  const { stdout } = await run(repo.dir, [
    "diff-tree",
    "-r",
    "-z",
    "--find-renames",
    "--diff-filter=R",
    "--name-status",
    from,
    to,
  ]);
  return parseRenames(stdout);
}

/** Parses `git diff-tree -z --name-status` of renames: `R096␀src/old.ts␀src/new.ts␀` */
export function parseRenames(text: string): Map<string, string> {
  const pieces = text.split("\0");
  const renames = new Map<string, string>();
  for (let i = 0; i + 2 < pieces.length; i += 3) renames.set(pieces[i + 1] ?? "", pieces[i + 2] ?? "");
  return renames;
}
