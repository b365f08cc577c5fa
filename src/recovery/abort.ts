import { readChanges } from "../git/changes";
import { forgetPick } from "../git/cherryPick";
import type { Repo } from "../git/repo";
import { treeOf } from "../git/snapshot";
import { unstage } from "../git/unstage";
import { createRef, deleteRef, readRef } from "../git/updateRef";
import { listWorktrees } from "../git/worktreeList";
import { done, type Outcome, refused } from "../model/outcome";
import type { WorktreeEntry } from "../model/worktree";
import { withLock } from "../store/lock";
import { findForeign } from "../worktrees/foreign";
import { baseRef } from "../worktrees/newPending";
import { lastingOccupants } from "../worktrees/occupants";
import { noteEvent, readRecords, recordsInPlace, type WorktreeRecord } from "../worktrees/record";
import { removeEmptyContainer } from "../worktrees/removalSteps";
import { removeWorktree } from "../worktrees/remove";
import { rescueRefName } from "../worktrees/rescue";
import { settle } from "../worktrees/settle";
import { takeBack } from "../worktrees/takeBack";
import { type Recovery, underWay } from "./document";
import { end, wasPushed } from "./end";
import { filesNow } from "./filesNow";
import { type Found, findDesk, findNote } from "./find";
import { type RecoveryNote, saveNote } from "./note";
import { reconcile } from "./reconcile";
import { type RunOptions, withRun } from "./run";
import { takeBackNote } from "./start";

/**
 * Ends a recovery that waits, and takes back what it made. Where somebody has worked in the new worktree, that is removed
 * so that it can be brought back. Refused as `no-recovery`, `in-use`, or as withRun and removeWorktree refuse.
 */
export async function abortRecovery(
  repo: Repo,
  name: string,
  options: RunOptions = {},
): Promise<Outcome<Recovery>> {
  await settle(repo, options.signal ? { signal: options.signal } : {});
  const found = await findNote(repo, name);
  if (!found.ok) return found;
  const { source, request } = found.value;
  const action = async (): Promise<Outcome<Recovery>> => {
    const now = await findNote(repo, name);
    return now.ok ? abort(repo, now.value, options) : now;
  };
  return withRun(repo, { branch: source, newBranch: request.newBranch }, action, options);
}

async function abort(repo: Repo, note: RecoveryNote, options: RunOptions): Promise<Outcome<Recovery>> {
  if (note.step.do === "end" && (await wasPushed(repo, note, options))) {
    const words =
      "It had been pushed already, so it was brought to its end. Remove the worktree if you do not want it.";
    return done(await end(repo, { ...note, notes: [...note.notes, words] }, options));
  }
  const { newBranch } = note.request;
  const entry = (await listWorktrees(repo)).find(
    (each) => each.branch === newBranch || (each.path === note.worktree && each.head === note.tip),
  );
  const folder = entry && !entry.missing ? entry.path : null;
  const occupants = folder === null ? [] : await lastingOccupants(folder);
  if (folder !== null && occupants !== null && occupants.length > 0) {
    const who = occupants.map(({ command, pid }) => `${command} (process ${pid})`).join(", ");
    return refused(
      "in-use",
      `${folder} is in use by ${who}.`,
      "End these, or have them leave the folder. Then abort again.",
    );
  }
  const { untouched, desk } = await lookAt(repo, note);
  const now = await saveNote(repo, { ...note, step: { do: "abort", untouched } });
  const record = entry ? (await recordsInPlace(repo)).get(entry.path) : undefined;
  const kept: string[] = [];
  if (record && entry?.missing) {
    kept.push(...(await keepCommits(repo, now, entry)));
    await takeAllBack(repo, now, record);
  } else if (untouched && record) await takeAllBack(repo, now, record);
  else if (entry) {
    if (desk?.waiting) await forgetPick(desk.folder);
    if (desk) await unstage(desk.folder);
    const removed = await removeWorktree(repo, entry.path, { anyway: true, ...options });
    if (!removed.ok) return removed;
    kept.push(`What was in ${entry.path} is kept: agent-foreman undo brings it back.`);
  } else await dropBranch(repo, now);
  await clearUp(repo, now);
  await takeBackNote(repo, now);
  const ended = { ...now, worktree: null, notes: [...now.notes, ...kept] };
  return done(underWay(ended, { state: "aborted" }, true));
}

/** Whether the worktree is as the recovery left it; what an interrupted step left half done is put right first. */
async function lookAt(repo: Repo, note: RecoveryNote): Promise<{ untouched: boolean; desk: Found | null }> {
  const { step } = note;
  const found = await findDesk(repo, note);
  const desk = found.ok ? found.value : null;
  if (step.do === "abort") return { untouched: step.untouched, desk };
  // There was never more of it than what a killed creation leaves, and that was settled.
  if (!found.ok || desk === null) return { untouched: false, desk };
  const interrupted = step.do === "try" || step.do === "move";
  const ready = interrupted
    ? await reconcile(repo, { ...note, worktree: desk.folder }, desk, false)
    : done(note);
  if (!ready.ok) return { untouched: false, desk };
  const now = ready.value;
  const head = await readRef(repo, `refs/heads/${note.request.newBranch}`);
  if (head === null || head !== now.tip) return { untouched: false, desk };
  const left = now.step.do === "wait" ? now.step.files : await treeOf(repo, head);
  const untouched = (await filesNow(repo, desk.folder)) === left && (await noneIgnored(repo, note, desk));
  return { untouched, desk };
}

/** Whether nothing lies there that git ignores and that none of us put there. */
async function noneIgnored(repo: Repo, { id }: RecoveryNote, desk: Found): Promise<boolean> {
  const changes = await readChanges(desk);
  if (!changes) return false;
  const { paths } = await findForeign(repo, id, desk.folder, desk.head);
  return !paths.some((path) =>
    changes.ignored.some(
      (ignored) => path === ignored || (ignored.endsWith("/") && path.startsWith(ignored)),
    ),
  );
}

/** Nobody has anything in it: folder, branch and git's notes go, as if they had never been made. */
async function takeAllBack(repo: Repo, note: RecoveryNote, record: WorktreeRecord): Promise<void> {
  const start = (await readRef(repo, `refs/heads/${record.branch}`)) ?? note.tip;
  const stage = {
    stage: "make",
    record,
    start,
    made: record.path,
    adminsBefore: [],
    madeFolder: true,
  } as const;
  await withLock(repo.commonDir, `taking back the recovery of ${note.request.branch}`, () =>
    takeBack(repo, stage),
  );
}

/** What is left of a worktree that is gone: its record, and the folder that held it. Can be done again. */
async function clearUp(repo: Repo, { request, worktree }: RecoveryNote): Promise<void> {
  if (worktree === null) return;
  await withLock(repo.commonDir, `taking back the recovery of ${request.branch}`, async () => {
    await removeEmptyContainer(worktree);
    const record = (await readRecords(repo)).get(request.newBranch);
    if (record?.path !== worktree) return;
    await noteEvent(repo.commonDir, { event: "removed", at: new Date().toISOString(), id: record.id });
  });
}

/** Commits that somebody made in a worktree whose folder is gone. */
async function keepCommits(
  repo: Repo,
  { tip, request }: RecoveryNote,
  entry: WorktreeEntry,
): Promise<string[]> {
  if (entry.head === null || entry.head === tip) return [];
  const ref = rescueRefName(request.newBranch, entry.path, new Date());
  if (!(await createRef(repo, ref, entry.head))) throw new Error(`The rescue ref ${ref} could not be made.`);
  return [`What was committed on ${request.newBranch} is kept at ${ref}.`];
}

/** The branch of a worktree that is gone, where nobody has moved it since. */
async function dropBranch(repo: Repo, { request, tip }: RecoveryNote): Promise<void> {
  await deleteRef(repo, `refs/heads/${request.newBranch}`, tip);
  const base = await readRef(repo, baseRef(request.newBranch));
  if (base !== null && (await readRef(repo, `refs/heads/${request.newBranch}`)) === null)
    await deleteRef(repo, baseRef(request.newBranch), base);
}
