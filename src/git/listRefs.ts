import type { Oid } from "../model/worktree";
import { parseRefs } from "./refs";
import type { Repo } from "./repo";
import { runOk } from "./run";

/** The refs below (or exactly at) the given full names, with their object ids. */
export async function listRefs(repo: Repo, under: readonly string[]): Promise<ReadonlyMap<string, Oid>> {
  const format = "--format=%(refname)%00%(objectname)%00%(symref)";
  return parseRefs(await runOk(repo.dir, ["for-each-ref", format, ...under])).oids;
}
