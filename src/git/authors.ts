import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { runOk } from "./run";

/** Who wrote each of some commits. */
export async function readAuthors(repo: Repo, oids: readonly Oid[]): Promise<Map<Oid, string>> {
  if (oids.length === 0) return new Map();
  const text = await runOk(repo.commonDir, ["log", "--no-walk=unsorted", "--format=%H%x00%an", "--stdin"], {
    input: `${oids.join("\n")}\n`,
  });
  const entries = text
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split("\0"));
  return new Map(entries.map(([oid = "", author = ""]) => [oid, author]));
}
