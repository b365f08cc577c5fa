import * as v from "valibot";
import { findAdminDir } from "../git/adminDir";
import type { Repo } from "../git/repo";
import { clearStaleLocks } from "../git/staleLocks";
import { finish, type Pending } from "../store/pending";
import { baseRef } from "./newPending";
import { type Removal, removalSchema } from "./removalNote";
import { changedMeanwhile, complete, isCommitted, sweep, takeBack } from "./removalSteps";
import { returnAdministration } from "./rescue";
import type { SettledNote } from "./settle";

const pendingRemoval = v.looseObject({ removal: removalSchema, forgetting: v.optional(v.boolean(), false) });

/** A killed removal: taken back when the folder is still at its place, finished when it was moved out of the way. */
export async function settleRemoval(repo: Repo, pending: Pending): Promise<SettledNote> {
  const { removal, forgetting } = v.parse(pendingRemoval, pending);
  const note = { id: pending.id, op: pending.op };
  await clearStaleLocks(repo, refsOf(removal), new Date(removal.at));
  if ((await isCommitted(repo, removal)) && (forgetting || (await stillWhole(repo, removal)))) {
    const completed = await complete(repo, removal);
    if (completed.ok) {
      await sweep(repo, completed.value);
      await finish(repo.commonDir, pending.id);
      return { ...note, outcome: "finished", message: `The removal of ${removal.path} was finished.` };
    }
  }
  await takeBack(repo, removal);
  await finish(repo.commonDir, pending.id);
  const message = `The interrupted removal of ${removal.path} was taken back; it is as it was.`;
  return { ...note, outcome: "taken-back", message };
}

/** Git had not begun to forget the worktree: what is parked must be what the rescue holds. */
async function stillWhole(repo: Repo, removal: Removal): Promise<boolean> {
  if ((await findAdminDir(repo.commonDir, removal.path)) !== removal.adminDir) return true;
  await returnAdministration(repo, removal);
  return (await changedMeanwhile(repo, removal)) === null;
}

function refsOf({ branch, rescueRef }: Removal): string[] {
  return [rescueRef, ...(branch === null ? [] : [`refs/heads/${branch}`, baseRef(branch)])];
}
