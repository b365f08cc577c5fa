import { askRemote } from "../git/lsRemote";
import type { Repo } from "../git/repo";
import { treeOf } from "../git/snapshot";
import { readRef } from "../git/updateRef";
import { checkResult } from "./checkResult";
import { type Recovery, underWay } from "./document";
import { noteRecovered } from "./log";
import { dropNote, type RecoveryNote, saveNote } from "./note";
import { loses, push } from "./push";
import type { RunOptions } from "./run";

/** Checks what was recovered, pushes it where that was asked for and loses nothing, and notes that it is done. */
export async function end(repo: Repo, note: RecoveryNote, options: RunOptions): Promise<Recovery> {
  const { id, request, head, rescueRef, onto } = note;
  const now = await saveNote(repo, { ...note, step: { do: "end" } });
  const { newBranch } = request;
  const tip = (await readRef(repo, `refs/heads/${newBranch}`)) ?? note.tip;
  options.onProgress?.(`Checking what ${newBranch} would do to ${onto.ref}`);
  const check = await checkResult(repo, onto, { ref: newBranch, oid: tip }, options.signal);
  const why = note.push === null ? null : await push(repo, note.push, newBranch, tip, check, options);
  const pushed = note.push !== null && why === null;
  const at = new Date().toISOString();
  const { branch } = request;
  await noteRecovered(repo, { id, at, branch, head, newBranch, tip, rescueRef, pushed });
  await dropNote(repo, id);
  const notes = why === null ? now.notes : [...now.notes, why];
  const resultTree = await treeOf(repo, tip);
  return underWay(
    { ...now, notes },
    { state: "done", check, pushed, resultTree },
    why === null && !loses(check),
  );
}

/** Whether an interrupted push has reached the remote. */
export async function wasPushed(repo: Repo, note: RecoveryNote, { signal }: RunOptions): Promise<boolean> {
  if (note.push === null) return false;
  const { newBranch } = note.request;
  const git = { timeoutMs: 20_000, ...(signal ? { signal } : {}) };
  const there = (await askRemote(repo, note.push, [newBranch], git))?.oids.get(`refs/heads/${newBranch}`);
  return there !== undefined && there === (await readRef(repo, `refs/heads/${newBranch}`));
}
