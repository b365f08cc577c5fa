import { Aside } from "../git/aside";
import { commitTree } from "../git/commitTree";
import { diffTrees } from "../git/diffTrees";
import type { PathChange } from "../git/rawChanges";
import type { Repo } from "../git/repo";
import { withScratch } from "../git/scratch";
import { readStatus } from "../git/status";
import { treesOf } from "../git/treesOf";
import { listWorktrees } from "../git/worktreeList";
import { readWorktreeTree } from "../git/worktreeTree";
import type { Oid } from "../model/worktree";
import { makeTemporaryFolder } from "../store/temporaryFolder";

/** What lies uncommitted in the worktree of a branch. */
export interface Uncommitted {
  readonly folder: string;
  /** A commit of it on the branch's head, which nothing points to. */
  readonly commit: Oid;
  readonly from: Oid;
  readonly to: Oid;
  readonly changes: readonly PathChange[];
  /** New files that are too large or too many. */
  readonly leftOut: number;
}

/**
 * Reads it without touching anything there. Null where there is none; "unsettled" where git is in the middle of a merge
 * there, so that its files are no state that anybody wants.
 */
export async function readUncommitted(
  repo: Repo,
  branch: string | null,
  head: Oid,
  signal?: AbortSignal,
): Promise<Uncommitted | "unsettled" | null> {
  if (branch === null) return null;
  const entry = (await listWorktrees(repo)).find((each) => each.branch === branch);
  if (!entry || entry.missing || entry.bare || entry.head !== head) return null;
  const status = await readStatus(entry.path, signal ? { signal } : {});
  if (!status || Object.values(status.dirt).every((count) => count === 0)) return null;
  if (status.dirt.conflicted > 0) return "unsettled";
  // Not inside `aside.use`: these objects are to stay.
  const aside = new Aside(repo, makeTemporaryFolder);
  const onDisk = await readWorktreeTree(aside, entry.path, signal).finally(() => aside.close());
  if (onDisk.merging.length > 0) return "unsettled";
  const to = onDisk.tree;
  return withScratch(repo, head, async (scratch) => {
    const from = (await treesOf(scratch, [head], signal)).get(head) ?? "";
    const [changes = []] = from === to ? [] : await diffTrees(scratch, [{ from, to }], { signal });
    if (changes.length === 0) return null;
    const commit = await commitTree(repo, to, [head], `What was not committed on ${branch}`, signal);
    return { folder: entry.path, commit, from, to, changes, leftOut: onDisk.leftOut };
  });
}
