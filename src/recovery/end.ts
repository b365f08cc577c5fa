import { askRemote } from "../git/lsRemote";
import { pushBranch } from "../git/pushBranch";
import { withoutPasswords } from "../git/redact";
import type { Repo } from "../git/repo";
import { treeOf } from "../git/snapshot";
import { readRef } from "../git/updateRef";
import type { CheckDocument } from "../model/check";
import type { Oid } from "../model/worktree";
import { checkResult } from "./checkResult";
import { type Recovery, underWay } from "./document";
import { noteRecovered } from "./log";
import { dropNote, type RecoveryNote, saveNote } from "./note";
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

function loses(check: CheckDocument | null): boolean {
  return check !== null && check.losses.length + check.conflicts.length > 0;
}

/** Null when the remote has the branch now; else why not, in words. */
async function push(
  repo: Repo,
  remote: string,
  branch: string,
  tip: Oid,
  check: CheckDocument | null,
  { signal, onProgress }: RunOptions,
): Promise<string | null> {
  if (check === null) return "It was not pushed, because what it would lose could not be told.";
  if (loses(check)) return "It was not pushed, because the target would lose other people's work.";
  onProgress?.(`Pushing ${branch} to ${remote}`);
  const git = { timeoutMs: 120_000, ...(signal ? { signal } : {}) };
  const there = (await askRemote(repo, remote, [branch], git))?.oids.get(`refs/heads/${branch}`);
  if (there === tip) return null;
  if (there !== undefined) {
    return `It was not pushed: ${remote} already has a branch ${branch}, with other commits. Push it under another name.`;
  }
  const result = await pushBranch(repo, { remote, branch, name: branch }, git);
  if (result.exitCode === 0) return null;
  const words = withoutPasswords(result.stderr)
    .split("\n")
    .filter((line) => /^(fatal|error|remote|ssh)\b/.test(line));
  const said = words.slice(0, 3).join(" · ").slice(0, 400) || "git did not say why";
  return `It was not pushed: ${said}. To try again: git push ${remote} ${branch}`;
}
