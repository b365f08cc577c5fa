import { importCommits, type Writes, type WrittenEntry } from "../git/fastImport";
import { readFolders } from "../git/folders";
import { givesTree } from "../git/givesTree";
import { utf8 } from "../git/quoted";
import { type PathChange, sameEntry, type TreeEntry } from "../git/rawChanges";
import type { Scratch } from "../git/scratch";
import { treesEffect } from "../landing/effect";
import type { Lab, Place } from "../landing/lab";
import type { Oid } from "../model/worktree";
import type { Ahead, MergedFile } from "./ahead";
import { Desk, foldersAbove } from "./desk";
import { mayMoveFolders, pickPath } from "./pickPath";
import { Texts } from "./texts";

/** A commit to be picked: the way from its parent's tree to its own. */
export interface Step {
  readonly oid: Oid;
  readonly from: Oid;
  readonly to: Oid;
  readonly changes: readonly PathChange[];
}

/** What became of one step. */
export type Picked = { readonly oid: Oid } /** `partly`: some of it was there already. */ & (
  | { readonly outcome: "clean"; readonly writes: Writes; readonly partly: boolean }
  | { readonly outcome: "empty" }
  | { readonly outcome: "conflict"; readonly paths: readonly string[] }
);

export interface Replayed {
  readonly picked: readonly Picked[];
  /** With all that applied cleanly. */
  readonly place: Place;
}

/** Where picks are tried out; the objects stay. */
export interface Workshop {
  readonly scratch: Scratch;
  readonly lab: Lab;
  readonly signal?: AbortSignal | undefined;
  /** What was begun before it was known what is picked. */
  readonly ahead?: Promise<Ahead>;
}

interface ReplayOptions {
  readonly strict?: boolean;
  readonly untilConflict?: boolean;
  readonly written?: Oid | null;
  readonly there?: There;
}

/** What git and history say of files that the place has not under their old names. All names are one character a byte. */
export interface There {
  /** Such as did not move. */
  readonly deleted: ReadonlySet<string>;
  /** The name that a file has there; its own where it did not move. */
  nameOf(path: string): string;
}

/**
 * Picks commits one after the other, as git would; one that conflicts is left aside. Git itself is asked only where
 * a pick is more than putting files or texts beside each other; with `strict` also for texts. With `untilConflict` the
 * first conflict is the last of what is picked. Where all of it makes `written`, a tree that lies there already, nothing is
 * written, and the commit goes with the scratch. `there` tells of `onto`.
 */
export async function replay(
  workshop: Workshop,
  onto: Place,
  steps: readonly Step[],
  { strict = false, untilConflict = false, written = null, there }: ReplayOptions = {},
): Promise<Replayed> {
  const { scratch, lab, signal } = workshop;
  const paths = new Set(steps.flatMap(({ changes }) => changes.map(({ path }) => path)));
  if (there) for (const path of [...paths]) paths.add(there.nameOf(path));
  const ahead = await workshop.ahead;
  const read = ahead?.onto === onto.oid ? ahead : null;
  const folders = [...paths].flatMap(foldersAbove).filter((folder) => !read?.asked.has(folder));
  const more = folders.length > 0 ? await readFolders(scratch, onto.tree, folders, signal) : [];
  const known = new Map([...(read?.folders ?? []), ...more]);
  const desk = new Desk(known);
  const texts = ahead?.texts ?? new Texts(lab);
  const merged = (!strict && (await read?.merged)) || new Map<string, MergedFile>();
  if (!strict)
    texts.begin(
      steps.flatMap(({ changes }) => changes.filter((change) => mergedFile(merged, change) === null)),
      desk,
    );
  const picked: Picked[] = [];
  // Where git was asked last, and what came since: to write all of it each time takes longer and longer.
  let asked = onto;
  let since = new Map<string, WrittenEntry | null>();
  for (const step of steps) {
    let result = await pickFiles(strict ? null : texts, desk, step, strict ? {} : { there, merged });
    if (result === null) {
      asked = await placeWith(workshop, asked, since);
      since = new Map();
      result = await pickByGit(workshop, asked, step);
    }
    if (result.outcome === "clean")
      for (const [path, entry] of result.writes) {
        desk.set(path, entry);
        since.set(path, entry);
      }
    picked.push(result);
    if (untilConflict && result.outcome === "conflict") break;
  }
  const whole = written !== null && picked.every(({ outcome }) => outcome !== "conflict");
  if (whole && read && givesTree(known, desk.writes, await read.made))
    return { picked, place: { oid: await scratch.commit(written, [onto.oid]), tree: written } };
  return { picked, place: await placeWith(workshop, onto, desk.writes) };
}

/** Null: only git can tell; `texts` null: nor are texts merged without it. */
export async function pickFiles(
  texts: Pick<Texts, "merge"> | null,
  desk: Desk,
  { oid, changes }: Pick<Step, "oid" | "changes">,
  { there, merged }: { there?: There | undefined; merged?: ReadonlyMap<string, MergedFile> } = {},
): Promise<Picked | null> {
  if (mayMoveFolders(changes)) return null;
  const writes = new Map<string, WrittenEntry | null>();
  const conflicts: string[] = [];
  for (const change of changes) {
    const path = there && change.old && change.new ? there.nameOf(change.path) : change.path;
    // Where the branch itself put something, the file that moved away is not the one that is meant.
    if (path !== change.path && desk.writes.has(change.path)) return null;
    const pick = pickPath(desk, { ...change, path }, there?.deleted);
    if (pick.do === "ask git") return null;
    if (pick.do === "conflict") conflicts.push(path);
    if (pick.do === "set") writes.set(path, pick.entry);
    if (pick.do !== "merge") continue;
    const known = path === change.path && !desk.writes.has(path) ? mergedFile(merged, change) : null;
    const made = known ?? (await texts?.merge(pick));
    if (!made) return null;
    if (made === "conflict") conflicts.push(path);
    else if (!sameEntry(made, pick.ours)) writes.set(path, made);
  }
  if (conflicts.length > 0) return { oid, outcome: "conflict", paths: conflicts.map(utf8) };
  if (writes.size === 0) return { oid, outcome: "empty" };
  return { oid, outcome: "clean", writes, partly: writes.size < changes.length };
}

function mergedFile(
  files: ReadonlyMap<string, MergedFile> | undefined,
  change: PathChange,
): TreeEntry | null {
  const known = files?.get(change.path);
  const isSame = known && sameEntry(known.change.old, change.old) && sameEntry(known.change.new, change.new);
  return isSame ? known.entry : null;
}

async function pickByGit({ lab }: Workshop, place: Place, step: Step): Promise<Picked> {
  const { oid, from, to, changes } = step;
  const { tree } = place;
  const result = await lab.apply(treesEffect(from, to, changes), place);
  if (result === null) throw new Error(`git could not try to pick ${oid}.`);
  if (!result.clean) {
    const paths = result.conflicts.length > 0 ? result.conflicts : changes.map(({ path }) => utf8(path));
    return { oid, outcome: "conflict", paths };
  }
  if (result.tree === tree) return { oid, outcome: "empty" };
  const made = await lab.changes(tree, result.tree);
  const writes = new Map(made.map(({ path, new: entry }) => [path, entry]));
  return { oid, outcome: "clean", writes, partly: writes.size < changes.length };
}

/** A commit with what was changed so far, which is nobody's and in no branch. */
export async function placeWith({ scratch, signal }: Workshop, onto: Place, writes: Writes): Promise<Place> {
  if (writes.size === 0) return onto;
  const nobody = "nobody <> 0 +0000";
  const commit = { author: nobody, committer: nobody, encoding: null, message: "", writes };
  const [place] = await importCommits(scratch, onto.oid, [commit], signal);
  if (!place?.tree) throw new Error(`git has not written what was picked on ${onto.oid}.`);
  return place;
}
