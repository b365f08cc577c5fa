import * as v from "valibot";
import type { Repo } from "../git/repo";
import { clearStaleLocks } from "../git/staleLocks";
import { finish, type Pending } from "../store/pending";
import { baseRef } from "./newPending";
import type { SettledNote } from "./settle";
import { endUndo, isBack, takeUndoBack, undoSchema } from "./undoSteps";

/** A killed undo: finished when the worktree was whole again, else taken back, for the rescue still has it all. */
export async function settleUndo(repo: Repo, pending: Pending): Promise<SettledNote> {
  const { undo, at } = v.parse(v.looseObject({ undo: undoSchema, at: v.string() }), pending);
  const { branch, path } = undo.removal;
  const refs = branch === null ? [] : [`refs/heads/${branch}`, baseRef(branch)];
  await clearStaleLocks(repo, refs, new Date(at));
  const back = await isBack(repo, undo);
  if (back) await endUndo(repo, undo);
  const aside = back ? null : await takeUndoBack(repo, undo);
  await finish(repo.commonDir, pending.id);
  const taken = `Bringing ${path} back was interrupted; nothing is lost, undo its removal again.`;
  return {
    id: pending.id,
    op: pending.op,
    outcome: back ? "finished" : "taken-back",
    message: back
      ? `${path} is back; that was interrupted and is finished now.`
      : taken + (aside === null ? "" : ` What somebody did there meanwhile is in ${aside}.`),
  };
}
