import { rename, rmdir } from "node:fs/promises";
import path from "node:path";
import { findAdminDir, identityOf, isWhole, lockIn, middleOf, pointsTo } from "../git/adminDir";
import { removeBranchConfig } from "../git/branchConfig";
import type { Repo } from "../git/repo";
import { deleteRef } from "../git/updateRef";
import { listWorktrees } from "../git/worktreeList";
import { clearHalfForgotten, forgetWorktree } from "../git/worktreeRemove";
import { done, type Outcome, type Refusal, refused } from "../model/outcome";
import { readContents } from "./contents";
import { deleteFolder } from "./deleteFolder";
import { exists } from "./inside";
import { baseRef } from "./newPending";
import { lastingOccupants } from "./occupants";
import { noteEvent, readRecords } from "./record";
import { noteRemoved, type Removal } from "./removalNote";
import { dropRescue, isAsRescued, keepFiles, keepModules, returnAdministration } from "./rescue";

/** Where a folder waits to be deleted: beside its old place, so that one rename moves it and one brings it back. */
export function parkingPlace(worktree: string, id: string): string {
  return path.join(path.dirname(worktree), `.${path.basename(worktree)}.removing-${id}`);
}

/** Whether a removal is past the point at which it is finished rather than taken back. */
export async function isCommitted(repo: Repo, removal: Removal): Promise<boolean> {
  if (removal.parked !== null && (await exists(removal.parked))) return true;
  return !(await isStillKnown(repo, removal));
}

/** Whether git still knows the worktree that is removed, and not a new one that somebody made at its place. */
export async function isStillKnown(repo: Repo, removal: Removal): Promise<boolean> {
  const { adminDir, adminIdentity } = removal;
  if ((await findAdminDir(repo.commonDir, removal.path)) !== adminDir) return false;
  if (!(await isWhole(adminDir))) return false;
  return adminIdentity === null || (await identityOf(adminDir)) === adminIdentity;
}

/** Moves the folder out of the way, which fails as a whole where somebody holds it open. */
export async function park(removal: Pick<Removal, "path" | "parked">): Promise<Refusal | null> {
  if (removal.parked === null) return null;
  try {
    await rename(removal.path, removal.parked);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const windows = process.platform === "win32";
    if (windows && (code === "EBUSY" || code === "EPERM" || code === "EACCES")) {
      return refused(
        "in-use",
        `A program has files of ${removal.path} open. Nothing was changed.`,
        "Close the editors and terminals that use it, and try again.",
      ).refusal;
    }
    return refused(
      "cannot-move",
      `${removal.path} cannot be moved aside (${code}). Nothing was changed.`,
      "Check that you may write in the folder that holds it, and that it is no mount point.",
    ).refusal;
  }
}

/** Whether somebody changed the worktree between the look at it and its moving; says what, null when nobody did. */
export async function changedMeanwhile(repo: Repo, removal: Removal): Promise<string | null> {
  const { parked, adminDir } = removal;
  if (parked === null) return null;
  if (await exists(removal.path)) return "a program made its folder again";
  if (await exists(path.join(adminDir, "locked"))) return "it was locked";
  if ((await lockIn(adminDir)) !== null) return "a git command runs there";
  if ((await middleOf(adminDir)) !== null) return "git began something there";
  const mainFolder = (await listWorktrees(repo))[0]?.path ?? repo.dir;
  const contents = await readContents({ folder: parked, adminDir }, mainFolder, "commit");
  if (contents === null || !(await isAsRescued(repo, removal, parked, contents))) {
    return "files or commits were changed there";
  }
  const occupants = await lastingOccupants(parked);
  return occupants !== null && occupants.length > 0 ? "a process went there" : null;
}

/**
 * Brings the folder back to its place; what a program wrote there meanwhile is kept beside it. Where somebody made a
 * new worktree at the place, that one stays, and the old folder is put beside it.
 */
async function unpark(repo: Repo, removal: Removal): Promise<void> {
  const beside = `${removal.path}.written-${removal.id}`;
  const known = await isStillKnown(repo, removal);
  if (known) await returnAdministration(repo, removal);
  if (removal.parked === null || !(await exists(removal.parked))) return;
  if (known && (await exists(removal.path))) await rename(removal.path, beside);
  await rename(removal.parked, known ? removal.path : beside);
}

/** A removal that did not happen leaves nothing behind; its rescue goes only when the worktree stands there again. */
export async function takeBack(repo: Repo, removal: Removal): Promise<void> {
  await unpark(repo, removal);
  const { path: folder, parked, adminDir } = removal;
  if (!(await isStillKnown(repo, removal))) return;
  if (parked === null || (await pointsTo(folder, adminDir))) await dropRescue(repo, removal);
}

/**
 * All that git and our notes know of the worktree goes; its folder is out of the way already, and what git ignores and
 * may be a person's only copy is taken out of it. Can be done again after
 * it was interrupted anywhere. Refused, with nothing changed, when git does not let go of the worktree.
 */
export async function complete(repo: Repo, removal: Removal): Promise<Outcome<Removal>> {
  const refusal = await forget(repo, removal);
  if (refusal !== null) return { ok: false, refusal };
  const branchGone = removal.branch !== null && removal.deletesBranch && (await deleteBranch(repo, removal));
  const result = { ...removal, deletesBranch: branchGone };
  // Before anybody learns of the removal, for from then on it may be undone.
  await keepFiles(repo, removal);
  const { record } = removal;
  const noted = record !== null && (await readRecords(repo)).get(record.branch)?.id === record.id;
  if (noted) await noteEvent(repo.commonDir, { event: "removed", at: removal.at, id: record.id });
  await noteRemoved(repo, result);
  return done(result);
}

async function forget(repo: Repo, removal: Removal): Promise<Refusal | null> {
  if (await isStillKnown(repo, removal)) {
    if (await exists(removal.path)) return changedRefusal(removal, "a program made its folder again");
    await keepModules(repo, removal);
    const result = await forgetWorktree(repo, removal.path);
    if (result.exitCode === 0) return null;
    if (await isWhole(removal.adminDir)) {
      return refused(
        "git-refused",
        `Git does not let go of ${removal.path}: ${result.stderr.trim()}`,
        "Nothing was changed. Put right what git names, and try again.",
      ).refusal;
    }
  }
  // Where it is locked, somebody's git is making a new worktree under that name.
  if (!(await exists(path.join(removal.adminDir, "locked")))) {
    await clearHalfForgotten(removal.adminDir, removal.path);
  }
  return null;
}

/** Somebody used the worktree while it was removed. */
export function changedRefusal(removal: Removal, change: string): Refusal {
  return refused(
    "changed-meanwhile",
    `${removal.path} is in use: ${change} while it was being removed. It is back as it was.`,
    "Wait until the work there has ended, and try again.",
  ).refusal;
}

/** False when the branch stays: it moved on, or it is checked out, since it was decided that it goes. */
async function deleteBranch(repo: Repo, removal: Removal): Promise<boolean> {
  const { branch, head, base } = removal;
  if (branch === null) return false;
  if ((await listWorktrees(repo)).some((entry) => entry.branch === branch)) return false;
  if (!(await deleteRef(repo, `refs/heads/${branch}`, head))) return false;
  await removeBranchConfig(repo, branch);
  if (base !== null) await deleteRef(repo, baseRef(branch), base);
  return true;
}

/** Deletes the folder that waits for it. False when a rest stays. */
export async function sweep({ parked, links }: Removal): Promise<boolean> {
  if (parked === null) return true;
  return deleteFolder(
    parked,
    links.map((link) => link.path),
  );
}

/** The folder that was made to hold worktrees goes with the last of them. */
export async function removeEmptyContainer(worktree: string): Promise<void> {
  const container = path.dirname(worktree);
  // Fails unless it is empty, as it should.
  if (container.endsWith(".worktrees")) await rmdir(container).catch(() => {});
}
