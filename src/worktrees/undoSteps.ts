import { cp, readFile, rename } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { findAdminDir } from "../git/adminDir";
import { removeBranchConfig, restoreBranchConfig } from "../git/branchConfig";
import { birthOf, readReflog } from "../git/reflog";
import type { Repo } from "../git/repo";
import { createRef, deleteRef } from "../git/updateRef";
import { listWorktrees } from "../git/worktreeList";
import { unlockWorktree } from "../git/worktreeLock";
import { clearHalfForgotten, forgetWorktree } from "../git/worktreeRemove";
import { addEmptyWorktree, fillSubmodules, fillWorktree, refreshIndex } from "../git/worktreeRestore";
import { type Refusal, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { appendHeads } from "../store/heads";
import { deleteFolder } from "./deleteFolder";
import { exists } from "./inside";
import { baseRef } from "./newPending";
import { putFilesBack, putLinksBack, putSnapshotBack } from "./putBack";
import { noteEvent, readRecords } from "./record";
import { noteRestored, readRemovals, removalSchema, rescueDir } from "./removalNote";
import { removeEmptyContainer } from "./removalSteps";
import { copyAdministration } from "./rescue";
import { wasWorkedIn } from "./sinceUndo";

export const undoSchema = v.object({
  id: v.string(),
  removal: removalSchema,
  /** The branch was not there, so it goes again if the undo is taken back. */
  makesBranch: v.boolean(),
});
export type Undo = v.InferOutput<typeof undoSchema>;

/** The worktree is locked with it until it is whole, so that nobody takes a half restored one for a real one. */
function reasonOf(undo: Undo): string {
  return `Agent Foreman is bringing it back (${undo.id})`;
}

/** Makes the worktree again; it stays locked. Refused when git does not let it, with nothing left behind. */
export async function bringBack(repo: Repo, undo: Undo): Promise<Refusal | null> {
  const { removal } = undo;
  const { branch, head, path: worktree } = removal;
  if (undo.makesBranch && !(await createRef(repo, `refs/heads/${branch}`, head))) {
    return refused(
      "branch-name-taken",
      `The branch ${branch} cannot be made again: another branch's name is in its way.`,
      `Rename that one, or make a branch of your own: git branch <name> ${removal.rescueRef}`,
    ).refusal;
  }
  const added = await addEmptyWorktree(repo, worktree, branch ?? head, {
    detached: branch === null,
    reason: reasonOf(undo),
  });
  const adminDir = await findAdminDir(repo.commonDir, worktree);
  if (added.exitCode !== 0 || adminDir === null) {
    return refused(
      "git-refused",
      `Git could not make the worktree ${worktree} again: ${added.stderr.trim()}`,
      `What was in it is safe at ${removal.rescueRef}. Put right what git names, and try again.`,
    ).refusal;
  }
  if (branch !== null) await restoreBranchConfig(repo, branch, removal.branchConfig);
  if (branch !== null && removal.base !== null) {
    await createRef(repo, baseRef(branch), removal.base);
    if (undo.makesBranch) await noteBeginning(repo, `refs/heads/${branch}`, removal.base);
  }
  await fill(repo, undo, adminDir);
  return null;
}

/** Git's log of a branch that was made again begins with where it had got to, and not with where its work began. */
async function noteBeginning(repo: Repo, ref: string, oid: Oid): Promise<void> {
  const birth = birthOf(await readReflog(repo, ref));
  const at = Math.floor(Date.now() / 1000);
  if (birth !== null) await appendHeads(repo.commonDir, [{ ref, oid, at, birth }]);
}

async function fill(repo: Repo, { removal }: Undo, adminDir: string): Promise<void> {
  const { head, path: worktree, rescued } = removal;
  const kept = rescueDir(repo, removal.id);
  // First, because they say which files a sparse checkout shows.
  await copyAdministration(kept, adminDir);
  const modules = path.join(kept, "modules");
  const hasModules = await exists(modules);
  if (hasModules) await cp(modules, path.join(adminDir, "modules"), { recursive: true });
  await fillWorktree(worktree);
  if (hasModules) await fillSubmodules(worktree);
  if (rescued !== null && rescued !== head) await putSnapshotBack(repo, worktree, head, rescued);
  // Again, because filling wrote the index anew, without what was staged.
  await copyAdministration(kept, adminDir);
  await refreshIndex(worktree);
  await putFilesBack(path.join(kept, "files"), worktree);
  await putLinksBack(worktree, removal.links);
}

/** The worktree is whole: it is opened for everybody, and noted. Can be done again. */
export async function endUndo(repo: Repo, { removal }: Undo): Promise<void> {
  const entry = (await listWorktrees(repo)).find((item) => item.path === removal.path);
  if (entry && entry.lockedBecause !== null) await unlockWorktree(repo, removal.path);
  if ((await readRemovals(repo)).some(({ id }) => id === removal.id)) await noteRestored(repo, removal.id);
  const { record } = removal;
  if (record === null || (await readRecords(repo)).get(record.branch)?.id === record.id) return;
  await noteEvent(repo.commonDir, { event: "restored", at: new Date().toISOString(), record });
}

/** Whether an undo that was interrupted had reached its end: the worktree stands there, and is open. */
export async function isBack(repo: Repo, undo: Undo): Promise<boolean> {
  const adminDir = await findAdminDir(repo.commonDir, undo.removal.path);
  if (adminDir === null || !(await exists(undo.removal.path))) return false;
  return !(await exists(path.join(adminDir, "locked")));
}

/**
 * Takes away what an undo had made so far; all of it is still in the rescue. A folder in which somebody worked
 * meanwhile is only moved aside; its new place is returned.
 */
export async function takeUndoBack(repo: Repo, undo: Undo): Promise<string | null> {
  const { removal, makesBranch } = undo;
  let aside: string | null = null;
  const adminDir = await findAdminDir(repo.commonDir, removal.path);
  const lock = adminDir && (await readFile(path.join(adminDir, "locked"), "utf8").catch(() => null));
  if (adminDir !== null && lock?.trimEnd() === reasonOf(undo)) {
    if ((await exists(removal.path)) && (await wasWorkedIn(repo, removal))) {
      aside = `${removal.path}.unfinished-${undo.id}`;
      await rename(removal.path, aside);
    }
    const links = removal.links.map((link) => link.path);
    await deleteFolder(removal.path, links);
    await unlockWorktree(repo, removal.path);
  }
  if (adminDir !== null && !(await exists(removal.path))) {
    await forgetWorktree(repo, removal.path);
    await clearHalfForgotten(adminDir, removal.path);
    await removeEmptyContainer(removal.path);
  }
  const { branch } = removal;
  if (branch === null || !makesBranch) return aside;
  if ((await listWorktrees(repo)).some((entry) => entry.branch === branch)) return aside;
  if (await deleteRef(repo, `refs/heads/${branch}`, removal.head)) await removeBranchConfig(repo, branch);
  if (removal.base !== null) await deleteRef(repo, baseRef(branch), removal.base);
  return aside;
}
