import * as v from "valibot";
import type { Repo } from "../git/repo";
import { clearStaleLocks } from "../git/staleLocks";
import { finish, type Pending } from "../store/pending";
import { baseRef } from "./newPending";
import { type Removal, removalSchema, wasRemoved } from "./removalNote";
import {
  changedMeanwhile,
  complete,
  isCommitted,
  isStillKnown,
  removeEmptyContainer,
  sweep,
  takeBack,
} from "./removalSteps";
import { returnAdministration } from "./rescue";
import type { SettledNote } from "./settle";

const pendingRemoval = v.looseObject({ removal: removalSchema, forgetting: v.optional(v.boolean(), false) });

/** A killed removal: taken back when the folder is still at its place, finished when it was moved out of the way. */
export async function settleRemoval(repo: Repo, pending: Pending): Promise<SettledNote> {
  const { removal, forgetting } = v.parse(pendingRemoval, pending);
  const note = { id: pending.id, op: pending.op };
  const finished = async (): Promise<SettledNote> => {
    await sweep(removal);
    await removeEmptyContainer(removal.path);
    await finish(repo.commonDir, pending.id);
    return { ...note, outcome: "finished", message: `The removal of ${removal.path} was finished.` };
  };
  // Only the deleting was left; what is at the worktree's place since, or was brought back there, is not ours.
  if (await wasRemoved(repo, removal.id)) return finished();
  await clearStaleLocks(repo, refsOf(removal), new Date(removal.at));
  if ((await isCommitted(repo, removal)) && (forgetting || (await stillWhole(repo, removal)))) {
    const completed = await complete(repo, removal);
    if (completed.ok) return finished();
  }
  await takeBack(repo, removal);
  await finish(repo.commonDir, pending.id);
  const message = `The interrupted removal of ${removal.path} was taken back; it is as it was.`;
  return { ...note, outcome: "taken-back", message };
}

/** Git had not begun to forget the worktree: what is parked must be what the rescue holds. */
async function stillWhole(repo: Repo, removal: Removal): Promise<boolean> {
  if (!(await isStillKnown(repo, removal))) return true;
  await returnAdministration(repo, removal);
  return (await changedMeanwhile(repo, removal)) === null;
}

function refsOf({ branch, rescueRef }: Removal): string[] {
  return [rescueRef, ...(branch === null ? [] : [`refs/heads/${branch}`, baseRef(branch)])];
}
