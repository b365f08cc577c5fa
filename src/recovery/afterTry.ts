import { readFile } from "node:fs/promises";
import path from "node:path";
import { findAdminDir } from "../git/adminDir";
import { skipPick, unsettledPaths, waitingPick } from "../git/cherryPick";
import { readCommitWords } from "../git/rawCommits";
import type { Repo } from "../git/repo";
import { type GitResult, run } from "../git/run";
import { readRef } from "../git/updateRef";
import { done, type Outcome } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { writeAtomic } from "../store/atomic";
import { rewordTip } from "./commits";
import { filesNow } from "./filesNow";
import { recoveredMessage } from "./message";
import { type RecoveryNote, saveNote } from "./note";
import { folderOf, gitRefused, settle } from "./noteSteps";
import { doesNotFit, pickedLater } from "./words";

/** Takes up what git left after a try to pick a commit. `result`: what git said; null where nobody heard it. */
export async function afterTry(
  repo: Repo,
  note: RecoveryNote,
  oid: Oid,
  result: GitResult | null,
): Promise<Outcome<RecoveryNote>> {
  const folder = folderOf(note);
  const adminDir = await findAdminDir(repo.commonDir, folder);
  if (adminDir !== null && (await waitingPick(adminDir)) === oid) return wait(repo, note, oid, adminDir);
  const head = await readRef(repo, `refs/heads/${note.request.newBranch}`);
  if (head !== null && head !== note.tip) {
    const tip = await rewordTip(repo, note.request.newBranch, head, oid);
    return done(await settle(repo, note, [pickedLater(oid, "clean", note.onto.ref)], tip));
  }
  const ready = await saveNote(repo, { ...note, step: { do: "pick" } });
  return result ? gitRefused(note, result) : done(ready);
}

/** It conflicts: leaves it to a person, with the message that its commit is to have. */
async function wait(
  repo: Repo,
  note: RecoveryNote,
  oid: Oid,
  adminDir: string,
): Promise<Outcome<RecoveryNote>> {
  const folder = folderOf(note);
  const paths = await unsettledPaths(folder);
  if (paths.length === 0 && (await isEmptyPick(folder))) {
    await skipPick(folder);
    return done(await settle(repo, note, [pickedLater(oid, "empty", note.onto.ref)], note.tip));
  }
  await addOrigin(repo, adminDir, oid);
  const files = await filesNow(repo, folder);
  const commits = note.commits.map((commit) =>
    commit.oid === oid
      ? { ...commit, fate: "conflict" as const, reason: doesNotFit(note.onto.ref, paths) }
      : commit,
  );
  return done(await saveNote(repo, { ...note, commits, step: { do: "wait", oid, paths, files } }));
}

/** Whether what is staged is what HEAD has. */
export async function isEmptyPick(folder: string): Promise<boolean> {
  return (await run(folder, ["diff-index", "--cached", "--quiet", "HEAD", "--"])).exitCode === 0;
}

/** Puts the line that says where the commit comes from into the message that git has prepared. */
export async function addOrigin(repo: Repo, adminDir: string, oid: Oid): Promise<void> {
  const file = path.join(adminDir, "MERGE_MSG");
  const prepared = await readFile(file, "latin1").catch(() => null);
  const message = (await readCommitWords(repo, [oid])).get(oid)?.message.trimEnd();
  if (prepared === null || message === undefined || prepared.includes(oid)) return;
  // What follows are lines in git's comment sign, with the conflicted paths.
  if (!prepared.startsWith(message)) return;
  const text = recoveredMessage(message, oid) + prepared.slice(message.length).replace(/^\n/, "");
  await writeAtomic(file, Buffer.from(text, "latin1"));
}
