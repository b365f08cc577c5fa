import type { Oid } from "../model/worktree";

/** A file, link or submodule as a tree has it. */
export interface TreeEntry {
  /** For example 100644; 120000 is a link, 160000 a submodule. */
  readonly mode: string;
  readonly oid: Oid;
}

export function sameEntry(one: TreeEntry | null, other: TreeEntry | null): boolean {
  return one?.oid === other?.oid && one?.mode === other?.mode;
}

/** What one path was and became; null where there is nothing. */
export interface PathChange {
  /** One character a byte, so that names that are no UTF-8 stay apart. */
  readonly path: string;
  readonly old: TreeEntry | null;
  readonly new: TreeEntry | null;
}

/** A record of `git log --raw -z`: the header that its format asked for, and the changes. */
export interface RawRecord {
  readonly header: string;
  readonly changes: readonly PathChange[];
}

/** The options under which `parseRawLog` understands `git log`, whatever the person's own settings are. */
export const rawLogOptions = [
  "--raw",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--root",
  "--no-relative",
  "--ignore-submodules=none",
  "--no-show-signature",
  "--no-color",
];

/**
 * Reads `git log --raw -z --format=%x01…` piece by piece, as it comes. In it `␀` ends each piece:
 *
 *     \x01<header>␀
 *     \n:100644 100644 <old> <new> M␀<path>␀:000000 100644 0000… <new> A␀<path>␀\x01<next header>␀
 *
 * A path is taken by its place, so it may hold anything.
 */
export class RawLogReader {
  readonly records: RawRecord[] = [];
  private changes: PathChange[] = [];
  /** What a change was, while its path is yet to come. */
  private change: string | null = null;
  private rest = "";

  /** One character a byte. */
  take(text: string): void {
    const pieces = (this.rest + text).split("\0");
    this.rest = pieces.pop() ?? "";
    for (const piece of pieces) {
      if (this.change !== null) {
        this.changes.push(parseChange(this.change, piece));
        this.change = null;
      } else if (piece.startsWith("\x01")) {
        this.changes = [];
        this.records.push({ header: piece.slice(1), changes: this.changes });
      } else if (piece.startsWith(":") || piece.startsWith("\n:")) this.change = piece;
    }
  }
}

/** The same of all of it, read as latin1. */
export function parseRawLog(text: string): readonly RawRecord[] {
  const reader = new RawLogReader();
  reader.take(`${text}\0`);
  return reader.records;
}

/** Parses `:<old mode> <new mode> <old id> <new id> <status>` with the path that follows it. */
export function parseChange(piece: string, path: string): PathChange {
  const at = piece.indexOf(":") + 1;
  const oldOid = at + 14;
  const newOid = piece.indexOf(" ", oldOid) + 1;
  return {
    path,
    old: entry(piece.slice(at, at + 6), piece.slice(oldOid, newOid - 1)),
    new: entry(piece.slice(at + 7, at + 13), piece.slice(newOid, piece.indexOf(" ", newOid))),
  };
}

function entry(mode: string, oid: Oid): TreeEntry | null {
  return mode === "000000" ? null : { mode, oid };
}
