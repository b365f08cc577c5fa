import { createHash } from "node:crypto";
import * as v from "valibot";
import { independentOf } from "../git/commits";
import type { Repo } from "../git/repo";
import type { Oid } from "../model/worktree";
import type { Cache } from "../store/cache";
import { oidSchema } from "./stored";

const oidsSchema = v.array(oidSchema);

/** Those of the commits that no other of them has in its history; remembered, because it follows from them alone. */
export async function newestOf(repo: Repo, commits: readonly Oid[], cache: Cache): Promise<readonly Oid[]> {
  const distinct = [...new Set(commits)].sort();
  if (distinct.length < 2) return distinct;
  const key = `newest ${createHash("sha256").update(distinct.join()).digest("hex")}`;
  const known = v.safeParse(oidsSchema, cache.get(key));
  if (known.success) return known.output;
  const newest = await independentOf(repo, distinct);
  cache.set(key, newest);
  return newest;
}
