import { chooseTarget, readRefs } from "../git/refs";
import { findCommit } from "../git/revParse";
import { checkCached } from "../losses/cached";
import type { CheckDocument } from "../model/check";
import type { PullRequest } from "../model/pull";
import { recordsInPlace } from "../worktrees/record";
import type { Fleet } from "./index";
import { bringPullHeads } from "./pullHeads";
import { findPullPlace } from "./pullPlace";

/**
 * What the target would lose if this very commit of a pull request landed now: a worktree's files may say something else.
 * Null: that cannot be told.
 */
export async function checkPull(
  { repo }: Pick<Fleet, "repo">,
  { number, head, base, branch }: PullRequest,
  signal: AbortSignal,
): Promise<CheckDocument | null> {
  const refs = await readRefs(repo);
  const target = chooseTarget(refs);
  if (!target || target.branch !== base.branch) return null;
  if ((await findCommit(repo, head)) === null) {
    const place = await findPullPlace(repo, refs.remotes, target.remote);
    const brought = place && (await bringPullHeads(repo, place.remote, [{ number, head }], false, signal));
    if (!brought?.has(number)) return null;
  }
  // What was noted of a branch, and decided on it, is of one that is still there.
  const own = refs.oids.get(`refs/heads/${branch}`) === head;
  const records = own ? [...(await recordsInPlace(repo)).values()] : [];
  const found = await checkCached(
    repo,
    {
      base: target.ref.replace(/^refs\/(heads|remotes)\//, ""),
      head: own ? `refs/heads/${branch}` : head,
      records: new Map(records.map((record) => [record.branch, record.base.oid])),
    },
    signal,
  ).catch(() => null);
  return found?.ok && found.value.head.oid === head ? found.value : null;
}
