import { readFile } from "node:fs/promises";
import path from "node:path";
import { commitPick, skipPick, unsettledPaths } from "../git/cherryPick";
import { readCommitWords } from "../git/rawCommits";
import type { Repo } from "../git/repo";
import { readRef } from "../git/updateRef";
import { done, type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { addOrigin, afterTry, isEmptyPick } from "./afterTry";
import { filesNow } from "./filesNow";
import type { Found } from "./find";
import { isMissing, takeBackMove, takeBackTry } from "./interrupted";
import { keepWork } from "./keepWork";
import { recoveredMessage } from "./message";
import { type RecoveryNote, saveNote } from "./note";
import { gitRefused, settle } from "./noteSteps";
import { pickedLater, settledByHand } from "./words";

type Waiting = RecoveryNote & { step: { do: "wait" } };

/**
 * Brings a recovery's note and its worktree together again, whatever was killed or done by hand between. The result waits
 * for a person, or is ready to go on. Refused as `nothing-to-skip`, `unfinished`, `uncommitted` or `git-refused`.
 */
export async function reconcile(
  repo: Repo,
  note: RecoveryNote,
  desk: Found,
  skip: boolean,
): Promise<Outcome<RecoveryNote>> {
  const { step } = note;
  if (step.do === "try") {
    const tried = await afterInterruptedTry(repo, note, step.oid, desk);
    if (!tried.ok || tried.value.step.do !== "wait") return !tried.ok || !skip ? tried : nothingToSkip(note);
    return settleWaiting(repo, { ...tried.value, step: tried.value.step }, desk, skip);
  }
  if (step.do === "wait") return settleWaiting(repo, { ...note, step }, desk, skip);
  if (skip) return nothingToSkip(note);
  if (desk.waiting !== null) return otherPick(desk);
  if (step.do === "move" && desk.head === step.to)
    return done(await settle(repo, note, step.settled, step.to));
  const kept =
    step.do === "move" && desk.head === note.tip ? await takeBackMove(repo, note, desk, step.to) : [];
  return done(
    await saveNote(repo, { ...note, tip: desk.head, notes: [...note.notes, ...kept], step: { do: "pick" } }),
  );
}

async function afterInterruptedTry(
  repo: Repo,
  note: RecoveryNote,
  oid: Oid,
  desk: Found,
): Promise<Outcome<RecoveryNote>> {
  if (desk.waiting !== null && desk.waiting !== oid) return otherPick(desk);
  if (desk.waiting === oid || desk.head !== note.tip) return afterTry(repo, note, oid, null);
  const kept = await takeBackTry(repo, note, desk, oid);
  return done(await saveNote(repo, { ...note, notes: [...note.notes, ...kept], step: { do: "pick" } }));
}

async function settleWaiting(
  repo: Repo,
  note: Waiting,
  desk: Found,
  skip: boolean,
): Promise<Outcome<RecoveryNote>> {
  const { oid } = note.step;
  if (desk.waiting === null) return settledElsewhere(repo, note, desk);
  if (desk.waiting !== oid) return otherPick(desk);
  if (skip) return leaveOut(repo, note, desk);
  const paths = await unsettledPaths(desk.folder);
  if (paths.length > 0) return done(await saveNote(repo, { ...note, step: { ...note.step, paths } }));
  if (await isEmptyPick(desk.folder)) {
    const skipped = await skipPick(desk.folder);
    if (skipped.exitCode !== 0) return gitRefused(note, skipped);
    return done(await settle(repo, note, [pickedLater(oid, "empty", note.onto.ref)], desk.head));
  }
  await addOrigin(repo, desk.adminDir, oid);
  const committed = await commitPick(desk.folder, await preparedMessage(repo, desk, oid));
  if (committed.exitCode !== 0) return gitRefused(note, committed);
  const tip = (await readRef(repo, `refs/heads/${note.request.newBranch}`)) ?? desk.head;
  return done(await settle(repo, note, [settledByHand(oid, "settled")], tip));
}

/** A person has committed, skipped or given up the pick with git's own commands. */
async function settledElsewhere(repo: Repo, note: Waiting, desk: Found): Promise<Outcome<RecoveryNote>> {
  const { oid } = note.step;
  const open = (await unsettledPaths(desk.folder)).length > 0 || !(await isEmptyPick(desk.folder));
  if (open) {
    return refused(
      "uncommitted",
      `In ${desk.folder} something is staged that nobody has committed.`,
      `Commit it, or set it back. Then continue: agent-foreman recover ${note.request.branch} --continue`,
    );
  }
  const left = desk.head === note.tip || (await isMissing(repo, note.step, note.tip, desk.head));
  const how = settledByHand(oid, left ? "skipped" : "settled");
  return done(await settle(repo, note, [how], desk.head));
}

async function leaveOut(repo: Repo, note: Waiting, desk: Found): Promise<Outcome<RecoveryNote>> {
  const { files, oid } = note.step;
  const { newBranch: branch } = note.request;
  const edited = (await filesNow(repo, desk.folder)) !== files;
  const kept = edited ? [await keepWork(repo, { ...desk, branch })] : [];
  const skipped = await skipPick(desk.folder);
  if (skipped.exitCode !== 0) return gitRefused(note, skipped);
  const told = { ...note, notes: [...note.notes, ...kept] };
  return done(await settle(repo, told, [settledByHand(oid, "skipped")], desk.head));
}

/** What git has prepared, or a person has written in its place, without the list of conflicts. */
async function preparedMessage(repo: Repo, { adminDir }: Found, oid: Oid): Promise<Buffer> {
  const prepared = await readFile(path.join(adminDir, "MERGE_MSG"), "latin1").catch(() => null);
  // # Conflicts:⏎#⇥src/app.ts, in the comment sign of the person's settings
  const list = /\n*^\S{1,10} Conflicts:\n[\s\S]*$/m;
  if (prepared !== null) return Buffer.from(prepared.replace(list, "\n"), "latin1");
  const words = (await readCommitWords(repo, [oid])).get(oid);
  return Buffer.from(recoveredMessage(words?.message ?? "", oid), "latin1");
}

function otherPick({ folder }: Found): Outcome<never> {
  return refused(
    "unfinished",
    `In ${folder} a cherry-pick waits that is none of the recovery's.`,
    "Finish it (git cherry-pick --continue) or give it up (--abort), and continue then.",
  );
}

function nothingToSkip({ request }: RecoveryNote): Outcome<never> {
  return refused(
    "nothing-to-skip",
    "No commit of the recovery waits to be settled.",
    `Go on with it: agent-foreman recover ${request.branch} --continue`,
  );
}
