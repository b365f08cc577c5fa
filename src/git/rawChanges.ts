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
 * Parses `git log --raw -z --format=%x01…`, read as latin1. In it `␀` ends each piece:
 *
 *     \x01<header>␀
 *     \n:100644 100644 <old> <new> M␀<path>␀:000000 100644 0000… <new> A␀<path>␀\x01<next header>␀
 *
 * A path is taken by its place, so it may hold anything.
 */
export function parseRawLog(text: string): RawRecord[] {
  const records: { header: string; changes: PathChange[] }[] = [];
  const pieces = text.split("\0");
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] ?? "";
    if (piece.startsWith("\x01")) records.push({ header: piece.slice(1), changes: [] });
    else if (/^\n?:/.test(piece)) records.at(-1)?.changes.push(parseChange(piece, pieces[++i] ?? ""));
  }
  return records;
}

/** Parses `:<old mode> <new mode> <old id> <new id> <status>` with the path that follows it. */
export function parseChange(piece: string, path: string): PathChange {
  const [oldMode = "", newMode = "", oldOid = "", newOid = ""] = piece.replace(/^\n?:/, "").split(" ");
  return { path, old: entry(oldMode, oldOid), new: entry(newMode, newOid) };
}

function entry(mode: string, oid: Oid): TreeEntry | null {
  return mode === "000000" ? null : { mode, oid };
}
