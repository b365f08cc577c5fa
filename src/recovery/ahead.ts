import { type Folder, readFolders } from "../git/folders";
import type { RawCommit } from "../git/rawLog";
import type { Scratch } from "../git/scratch";
import type { Lab } from "../landing/lab";
import type { Oid } from "../model/worktree";
import { Desk, foldersAbove } from "./desk";
import { pickFiles } from "./replay";
import { Texts } from "./texts";

/** What picks on a commit will need, begun before it is known which commits are picked. */
export interface Ahead {
  readonly onto: Oid;
  readonly asked: ReadonlySet<string>;
  /** Those of the asked ones that `onto` has. */
  readonly folders: ReadonlyMap<string, Folder>;
  readonly texts: Texts;
}

/**
 * Picks all commits that are given, as far as that goes without git, so that those which are picked in the end have their
 * texts merged. Given back as soon as the folders are read.
 */
export async function workAhead(
  scratch: Scratch,
  lab: Lab,
  onto: Oid,
  own: readonly RawCommit[],
  signal: AbortSignal,
): Promise<Ahead> {
  const changes = own.flatMap((commit) => commit.changes);
  const asked = new Set(changes.flatMap(({ path }) => foldersAbove(path)));
  const folders = await readFolders(scratch, onto, asked, signal);
  const texts = new Texts(lab);
  const desk = new Desk(folders);
  texts.expect(changes, desk);
  void pickAll(texts, desk, own, signal).catch(() => undefined);
  return { onto, asked, folders, texts };
}

async function pickAll(
  texts: Texts,
  desk: Desk,
  own: readonly RawCommit[],
  signal: AbortSignal,
): Promise<void> {
  for (const commit of own) {
    const picked = await pickFiles(texts, desk, commit);
    if (picked?.outcome === "clean") for (const [path, entry] of picked.writes) desk.set(path, entry);
    // What git says meanwhile must not wait until all is done.
    await new Promise(setImmediate);
    if (signal.aborted) return;
  }
}
