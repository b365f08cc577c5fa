import type { Repo } from "../git/repo";
import type { OpenRecovery } from "../model/recovery";
import { underWay } from "../store/pending";
import { type RecoveryNote, readNotes } from "./note";

/** The recoveries of a repo that have begun and are not done, oldest first. */
export async function readOpen(repo: Pick<Repo, "commonDir">): Promise<OpenRecovery[]> {
  const notes = await readNotes(repo);
  if (notes.length === 0) return [];
  const runs = await underWay(repo.commonDir, "recover");
  return notes.map((note) =>
    openRecovery(
      note,
      runs.some(({ newBranch }) => newBranch === note.request.newBranch),
    ),
  );
}

/** Whether files are settled is not in the note: whoever knows the worktree's status tells. */
export function openRecovery(note: RecoveryNote, running: boolean): OpenRecovery {
  const { request, source, step, todo, total } = note;
  const isCommit = /^[0-9a-f]{40,64}$/.test(source);
  const waits = step.do === "wait" ? "conflict" : step.do === "abort" ? "aborting" : "stopped";
  return {
    branch: isCommit ? request.branch : source,
    newBranch: request.newBranch,
    state: running ? "running" : waits,
    at: Math.min(total - todo.length + 1, total),
    of: total,
    paths: step.do === "wait" ? step.paths : [],
  };
}
