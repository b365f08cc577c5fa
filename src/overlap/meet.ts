import type { DiffEntry } from "../git/diffTrees";
import { sameEntry } from "../git/rawChanges";

/** Two changes, one of each side, that have to do with the same file or stand in each other's way. */
export interface Match {
  readonly a: DiffEntry;
  readonly b: DiffEntry;
  readonly by: "origin" | "destination" | "place";
}

/** Matches of two sides of a pair; `more`: how many were not kept. */
export interface Matches {
  readonly list: readonly Match[];
  readonly more: number;
}

/** Names that files have on one side's base, to the names that the target gave them later. */
export type Renames = ReadonlyMap<string, string>;

// Nobody reads more, and two branches that reformat everything would take all memory.
const mostMatches = 300;

/** The name that a change's file had where its branch began; null: it made a new one. */
export function originOf({ old, movedFrom, path }: DiffEntry): string | null {
  return movedFrom ?? (old ? path : null);
}

/** The name that a change makes, where there was none before; null: it makes none. */
export function destinationOf({ old, new: entry, movedFrom, path }: DiffEntry): string | null {
  return entry && (movedFrom !== null || old === null) ? path : null;
}

/** A change that makes a name, and the folders that hold it, the nearest first; "" is the top. */
interface Made {
  readonly change: DiffEntry;
  readonly folders: readonly string[];
}

/** A branch's changes, to be looked up by any name that another branch may know them by. */
export interface Names {
  /** By the names that the target has for them now. */
  readonly origins: ReadonlyMap<string, DiffEntry>;
  /** By the names that the branch found. */
  readonly found: ReadonlyMap<string, DiffEntry>;
  readonly destinations: ReadonlyMap<string, Made>;
  /** Folders that files were moved out of, each with one of these files. */
  readonly leftFolders: ReadonlyMap<string, DiffEntry>;
}

export function namesOf(changes: readonly DiffEntry[], renames: Renames = new Map()): Names {
  const origins = new Map<string, DiffEntry>();
  const found = new Map<string, DiffEntry>();
  const destinations = new Map<string, Made>();
  const leftFolders = new Map<string, DiffEntry>();
  for (const change of changes) {
    const origin = originOf(change);
    const destination = destinationOf(change);
    if (origin !== null) origins.set(renames.get(origin) ?? origin, change);
    if (origin !== null) found.set(origin, change);
    if (destination !== null) destinations.set(destination, { change, folders: foldersOf(destination) });
    if (change.movedFrom === null) continue;
    for (const folder of foldersLeft(change.movedFrom, change.path)) leftFolders.set(folder, change);
  }
  return { origins, found, destinations, leftFolders };
}

/** Folders that a move of one file may be part of the move of: of `a/b/c/x` to `a/d/c/x` these are `a/b/c` and `a/b`. */
function foldersLeft(from: string, to: string): string[] {
  const before = from.split("/").slice(0, -1);
  const after = to.split("/").slice(0, -1);
  const folders: string[] = [];
  while (before.join("/") !== after.join("/")) {
    folders.push(before.join("/"));
    if (before.length === 0 || after.length === 0 || before.pop() !== after.pop()) break;
  }
  return folders;
}

function foldersOf(path: string): string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, parts.length - 1 - index).join("/"));
}

/** In what two branches meet. What both did in the same way is no meeting. */
export function meet(a: Names, b: Names): Matches {
  const list: Match[] = [];
  let more = 0;
  const add = (mine: DiffEntry, others: DiffEntry, by: Match["by"]): void => {
    if (mine.path === others.path && sameEntry(mine.new, others.new)) return;
    if (list.some((match) => match.a === mine && match.b === others)) return;
    if (list.length < mostMatches) list.push({ a: mine, b: others, by });
    else more++;
  };
  inBoth(a.origins, b.origins, (mine, others) => add(mine, others, "origin"));
  inBoth(a.destinations, b.destinations, (mine, others) => add(mine.change, others.change, "destination"));
  inTheWay(a, b, (mine, others) => add(mine, others, "place"));
  inTheWay(b, a, (others, mine) => add(mine, others, "place"));
  return { list, more };
}

function inBoth<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>, found: (a: T, b: T) => void): void {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  for (const name of few.keys()) {
    if (!many.has(name)) continue;
    const mine = a.get(name);
    const others = b.get(name);
    if (mine !== undefined && others !== undefined) found(mine, others);
  }
}

/**
 * New files of `adder` that have the name of a file that the target moved away, that need a folder where `other` has a
 * file, or that lie in a folder whose files it moved elsewhere.
 */
function inTheWay(other: Names, adder: Names, found: (other: DiffEntry, adder: DiffEntry) => void): void {
  for (const [path, { change, folders }] of adder.destinations) {
    const there = other.found.get(path);
    if (there) found(there, change);
    // Whoever moved or made nothing has nothing in the way.
    if (other.destinations.size === 0) continue;
    const file = firstOf(folders, other.destinations);
    if (file) found(file.change, change);
    const moved = firstOf(folders, other.leftFolders);
    if (moved) found(moved, change);
  }
}

function firstOf<T>(names: readonly string[], where: ReadonlyMap<string, T>): T | undefined {
  for (const name of names) {
    const found = where.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
