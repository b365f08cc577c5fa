import { birthOf, readReflog } from "../git/reflog";
import type { Repo } from "../git/repo";
import type { Oid } from "../model/worktree";
import { appendHeads, type HeadNote, readHeads } from "../store/heads";

/** A branch or remote-tracking branch (its full name), seen at a commit. */
export interface Sighting {
  readonly ref: string;
  readonly oid: Oid;
  /** The files in its worktree are as the commit has them. */
  readonly clean?: boolean;
}

/**
 * Notes where branches are, as far as that is new, so that history that is rewritten later can still be judged. `isGone`
 * tells of refs that were noted before and are no more. A repo that cannot be written to is read all the same.
 */
export async function noteHeads(
  repo: Repo,
  sightings: readonly Sighting[],
  isGone: (ref: string) => boolean = () => false,
): Promise<void> {
  try {
    const at = Math.floor(Date.now() / 1000);
    const last = new Map<string, HeadNote>();
    const births = new Map<string, string>();
    for (const note of await readHeads(repo.commonDir)) {
      last.set(note.ref, note);
      if (note.oid === null) births.delete(note.ref);
      if (note.birth !== undefined) births.set(note.ref, note.birth);
    }
    const fresh = sightings.filter(({ ref, oid, clean }) => {
      const before = last.get(ref);
      return before?.oid !== oid || (clean === true && before.clean !== true);
    });
    const notes = await Promise.all(fresh.map((seen) => notesOf(repo, seen, at, births.get(seen.ref))));
    const gone = [...last.values()].filter(({ ref, oid }) => oid !== null && isGone(ref));
    const all = [...gone.map(({ ref }) => ({ ref, oid: null, at })), ...notes.flat()];
    if (all.length > 0) await appendHeads(repo.commonDir, all);
  } catch {
    // What could not be noted is not known later; that is no reason to know nothing now.
  }
}

async function notesOf(
  repo: Repo,
  { ref, oid, clean }: Sighting,
  at: number,
  noted: string | undefined,
): Promise<HeadNote[]> {
  const moves = await readReflog(repo, ref);
  const birth = birthOf(moves);
  const begun = moves.find(({ from }) => from === null);
  const beginning =
    birth !== null && birth !== noted && begun ? [{ ref, oid: begun.to, at: begun.at, birth }] : [];
  return [...beginning, { ref, oid, at, ...(clean ? { clean } : {}) }];
}
