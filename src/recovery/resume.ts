import type { Repo } from "../git/repo";
import { done, type Outcome, refused } from "../model/outcome";
import { settle } from "../worktrees/settle";
import { carryOn } from "./carryOn";
import { type Recovery, underWay } from "./document";
import { findDesk, findNote } from "./find";
import type { RecoveryNote } from "./note";
import { reconcile } from "./reconcile";
import { type RunOptions, withRun } from "./run";
import { recoverBranch, takeBackNote } from "./start";

/**
 * Goes on with a recovery that waits, after its conflict was settled or its process was killed. `skip`: the commit
 * that waits stays behind. Refused as `no-recovery`, `nothing-to-skip`, `worktree-gone`, `being-aborted`, or as findDesk,
 * reconcile, withRun and carryOn refuse.
 */
export async function continueRecovery(
  repo: Repo,
  name: string,
  { skip = false, ...options }: RunOptions & { readonly skip?: boolean } = {},
): Promise<Outcome<Recovery>> {
  await settle(repo, options.signal ? { signal: options.signal } : {});
  const found = await findNote(repo, name);
  if (!found.ok) return found;
  const { source, request } = found.value;
  const action = async (): Promise<Outcome<Recovery | null>> => {
    // Another window may have gone on with it meanwhile.
    const now = await findNote(repo, name);
    return now.ok ? goOn(repo, now.value, skip, options) : now;
  };
  const gone = await withRun(repo, { branch: source, newBranch: request.newBranch }, action, options);
  if (!gone.ok) return gone;
  return gone.value ? done(gone.value) : recoverBranch(repo, request, options);
}

/** Null: it had made nothing yet, and begins anew. */
async function goOn(
  repo: Repo,
  note: RecoveryNote,
  skip: boolean,
  options: RunOptions,
): Promise<Outcome<Recovery | null>> {
  const { branch, newBranch } = note.request;
  if (note.step.do === "abort") {
    const hint = `agent-foreman recover ${branch} --abort`;
    return refused("being-aborted", `The recovery of ${branch} is half taken back.`, `Finish that: ${hint}`);
  }
  const desk = await findDesk(repo, note);
  if (!desk.ok) return desk;
  if (desk.value === null && note.step.do === "make") {
    await takeBackNote(repo, note);
    return done(null);
  }
  if (desk.value === null) {
    return refused(
      "worktree-gone",
      `The worktree of ${newBranch} is not there any more.`,
      `End the recovery: agent-foreman recover ${branch} --abort`,
    );
  }
  const ready = await reconcile(repo, { ...note, worktree: desk.value.folder }, desk.value, skip);
  if (!ready.ok) return ready;
  const { step } = ready.value;
  if (step.do === "wait") {
    return done(underWay(ready.value, { state: "conflict", conflicts: step.paths }, false));
  }
  return carryOn(repo, ready.value, options);
}
