import { type Folder, readFolders } from "../git/folders";
import { utf8 } from "../git/quoted";
import type { PathChange, TreeEntry } from "../git/rawChanges";
import type { RawCommit } from "../git/rawLog";
import type { Scratch } from "../git/scratch";
import type { Lab } from "../landing/lab";
import type { Oid } from "../model/worktree";
import type { BothMerged } from "./begin";
import { Desk, foldersAbove } from "./desk";
import { onlyChanges, straight } from "./onlyChanges";
import { pickPath } from "./pickPath";
import { pickFiles } from "./replay";
import { Texts } from "./texts";

/** What picks on a commit will need, begun before it is known which commits are picked. */
export interface Ahead {
  readonly onto: Oid;
  readonly asked: ReadonlySet<string>;
  /** Those of the asked ones that `onto` has. */
  readonly folders: ReadonlyMap<string, Folder>;
  readonly texts: Texts;
  /** Those that both ends merged have; none where that was not tried. */
  readonly made: Promise<ReadonlyMap<string, Folder>>;
  /** What git made of files of which one change of the branch is all, by that change's path. */
  readonly merged: Promise<ReadonlyMap<string, MergedFile>>;
}

/** A file that git merged, which is what picking this change gives. */
export interface MergedFile {
  readonly change: PathChange;
  readonly entry: TreeEntry;
}

/** What it is begun from. */
export interface Known {
  readonly onto: Oid;
  readonly head: Oid;
  readonly own: readonly RawCommit[];
  readonly merging: Promise<BothMerged>;
}

/**
 * Picks all commits that are given, as far as that goes without git, so that those which are picked in the end have their
 * texts merged; not where git merges the same three texts anyway. Given back as soon as the folders are read.
 */
export async function workAhead(
  scratch: Scratch,
  lab: Lab,
  { onto, head, own, merging }: Known,
  signal: AbortSignal,
): Promise<Ahead> {
  const changes = own.flatMap((commit) => commit.changes);
  const asked = new Set(changes.flatMap(({ path }) => foldersAbove(path)));
  const folders = await readFolders(scratch, onto, asked, signal);
  const texts = new Texts(lab);
  const desk = new Desk(folders);
  const line = straight(own, head);
  const once = line ? onlyChanges(line) : [];
  const only = [...once].filter(([, change]) => pickPath(desk, change).do === "merge");
  const left = new Map(only);
  const pick = (isMine: (change: PathChange) => boolean) => {
    texts.expect(changes.filter(isMine), desk);
    const commits = own.map((commit) => ({ oid: commit.oid, changes: commit.changes.filter(isMine) }));
    void pickAll(texts, new Desk(folders), commits, signal).catch(() => undefined);
  };
  pick((change) => left.get(change.path) !== change);
  const made = merging
    .then(({ tree }) => (tree === null ? new Map() : readFolders(scratch, tree, asked, signal)))
    .catch(() => new Map<string, Folder>());
  const merged = Promise.all([merging, made])
    .then(([{ conflicts }, files]) => mergedFiles(only, new Desk(files), conflicts))
    .catch(() => new Map<string, MergedFile>());
  for (const [path, change] of only)
    lab.expectMerged(
      change,
      desk.file(path),
      merged.then((files) => files.get(path)?.entry.oid ?? null),
    );
  // What git could not merge either is tried as all the rest.
  void merged.then((files) => {
    for (const path of files.keys()) left.delete(path);
    if (left.size > 0 && !signal.aborted) pick((change) => left.get(change.path) === change);
  });
  return { onto, asked, folders, texts, made, merged };
}

/** What those of some files that went well have become where both ends are merged. */
function mergedFiles(
  only: readonly (readonly [string, PathChange])[],
  made: Desk,
  conflicts: ReadonlySet<string>,
): Map<string, MergedFile> {
  const found = new Map<string, MergedFile>();
  for (const [path, change] of only) {
    const entry = made.file(path);
    if (entry && !conflicts.has(utf8(path))) found.set(path, { change, entry });
  }
  return found;
}

async function pickAll(
  texts: Texts,
  desk: Desk,
  commits: readonly Pick<RawCommit, "oid" | "changes">[],
  signal: AbortSignal,
): Promise<void> {
  // Git is asked only about what is really picked.
  const byText = { merge: (pick: Parameters<Texts["mergeByText"]>[0]) => texts.mergeByText(pick) };
  for (const commit of commits) {
    if (commit.changes.length === 0) continue;
    const picked = await pickFiles(byText, desk, commit);
    if (picked?.outcome === "clean") for (const [path, entry] of picked.writes) desk.set(path, entry);
    // What git says meanwhile must not wait until all is done.
    await new Promise(setImmediate);
    if (signal.aborted) return;
  }
}
