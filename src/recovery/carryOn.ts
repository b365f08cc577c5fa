import { cherryPick } from "../git/cherryPick";
import { moveForward } from "../git/moveForward";
import type { Repo } from "../git/repo";
import { withScratch } from "../git/scratch";
import { treesOf } from "../git/treesOf";
import { readRef } from "../git/updateRef";
import { Lab } from "../landing/lab";
import { done, type Outcome } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { afterTry } from "./afterTry";
import { carry } from "./carry";
import { writePicks } from "./commits";
import { type Recovery, underWay } from "./document";
import { end } from "./end";
import { type RecoveryNote, saveNote } from "./note";
import { folderOf, gitRefused, settle } from "./noteSteps";
import { type Picked, replay } from "./replay";
import type { RunOptions } from "./run";
import { stepsOf } from "./stepsOf";
import { pickedLater } from "./words";

/**
 * Picks what is left, up to the first conflict; then the uncommitted files, the check and the push. Refused as
 * `git-refused`; the recovery then waits, and is continued when what git complains about is put right.
 */
export async function carryOn(
  repo: Repo,
  note: RecoveryNote,
  options: RunOptions,
): Promise<Outcome<Recovery>> {
  let now = note;
  while (now.todo.length > 0) {
    options.signal?.throwIfAborted();
    options.onProgress?.(`Picking ${now.total - now.todo.length + 1} of ${now.total}`);
    const next = await pickNext(repo, now, options.signal);
    if (!next.ok) return next;
    now = next.value;
    if (now.step.do === "wait") {
      return done(underWay(now, { state: "conflict", conflicts: now.step.paths }, false));
    }
  }
  options.signal?.throwIfAborted();
  return done(await end(repo, await carry(repo, now), options));
}

/** All that applies cleanly, in one go; or else the first commit, as far as git gets with it. */
async function pickNext(
  repo: Repo,
  note: RecoveryNote,
  signal: AbortSignal | undefined,
): Promise<Outcome<RecoveryNote>> {
  const { newBranch, branch } = note.request;
  const head = (await readRef(repo, `refs/heads/${newBranch}`)) ?? note.tip;
  const tried = await tryRest(repo, head, note.todo, signal);
  const fit = tried.filter(({ outcome }) => outcome !== "conflict");
  const [first] = note.todo;
  if (fit.length === 0 && first !== undefined) {
    const trying = await saveNote(repo, { ...note, tip: head, step: { do: "try", oid: first } });
    return afterTry(repo, trying, first, await cherryPick(folderOf(note), first));
  }
  const picked = fit.filter((each) => each.outcome === "clean");
  const written = await writePicks(repo, head, { picked, together: null }, branch, { sign: true, signal });
  if (!written.ok) return written;
  const tip = written.value;
  const settled = fit.map(({ oid, outcome }) =>
    pickedLater(oid, outcome === "empty" ? "empty" : "clean", note.onto.ref),
  );
  const moving = await saveNote(repo, { ...note, tip: head, step: { do: "move", to: tip, settled } });
  if (tip !== head) {
    const moved = await moveForward(folderOf(note), tip);
    if (moved.exitCode !== 0) {
      await saveNote(repo, { ...moving, step: { do: "pick" } });
      return gitRefused(note, moved);
    }
  }
  return done(await settle(repo, moving, settled, tip));
}

async function tryRest(
  repo: Repo,
  head: Oid,
  todo: readonly Oid[],
  signal: AbortSignal | undefined,
): Promise<readonly Picked[]> {
  const look = async (scratch: Parameters<typeof stepsOf>[0]) => {
    const lab = new Lab(scratch, { signal });
    const [steps, trees] = await Promise.all([
      stepsOf(scratch, todo, signal),
      treesOf(scratch, [head], signal),
    ]);
    const onto = { oid: head, tree: trees.get(head) ?? "" };
    // Nothing checks what comes after a conflict by a second way, so git itself has the word.
    return replay({ scratch, lab, signal }, onto, steps, { strict: true, untilConflict: true });
  };
  return (await withScratch(repo, head, look, true)).picked;
}
