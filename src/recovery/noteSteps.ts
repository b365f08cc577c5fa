import type { Repo } from "../git/repo";
import type { GitResult } from "../git/run";
import { type Outcome, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { type RecoveryNote, type Settled, saveNote } from "./note";

/** The new worktree's folder; there is one from the first pick on. */
export function folderOf({ worktree }: RecoveryNote): string {
  if (worktree === null) throw new Error("The recovery has no worktree yet.");
  return worktree;
}

/** Notes commits as done, and that nothing is being done at this moment. `tip`: where the new branch is now. */
export function settle(
  repo: Repo,
  note: RecoveryNote,
  settled: readonly Settled[],
  tip: Oid,
): Promise<RecoveryNote> {
  const fates = new Map(settled.map((each) => [each.oid, each]));
  return saveNote(repo, {
    ...note,
    tip,
    todo: note.todo.filter((oid) => !fates.has(oid)),
    commits: note.commits.map((commit) => ({ ...commit, ...fates.get(commit.oid) })),
    step: { do: "pick" },
  });
}

export function gitRefused(note: RecoveryNote, { stderr, exitCode }: GitResult): Outcome<never> {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("hint:"));
  const words = lines.slice(0, 4).join(" · ").slice(0, 600) || `git ended with ${exitCode}`;
  return refused(
    "git-refused",
    `In ${note.worktree} git did not go on: ${words}`,
    `Put that right, and continue: agent-foreman recover ${note.request.branch} --continue`,
  );
}
