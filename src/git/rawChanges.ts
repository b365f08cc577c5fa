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

/** A record of `git log --raw -z`: the header that its format asked for, and the changes, which are read when they are asked for. */
export class RawRecord {
  private readonly pieces: string[] = [];
  private read: { readonly count: number; readonly changes: readonly PathChange[] } | null = null;

  constructor(readonly header: string) {}

  get changes(): readonly PathChange[] {
    if (this.read?.count !== this.pieces.length)
      this.read = { count: this.pieces.length, changes: this.changesTo(null) };
    return this.read.changes;
  }

  /** Those to some paths; null: all. */
  changesTo(paths: ReadonlySet<string> | null): PathChange[] {
    const found: PathChange[] = [];
    for (const text of this.pieces)
      for (let at = 0; at < text.length; ) {
        const end = text.indexOf("\0", at);
        const close = text.indexOf("\0", end + 1);
        const path = text.slice(end + 1, close);
        if (!paths || paths.has(path)) found.push(parseChange(text.slice(at, end), path));
        at = close + 1;
      }
    return found;
  }

  /** Whole changes, as git tells them: `:<modes, ids, status>␀<path>␀`, a line break before the first. */
  add(text: string): void {
    if (text !== "") this.pieces.push(text);
  }
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
  private rest = "";

  /** One character a byte. */
  take(text: string): void {
    const all = this.rest + text;
    // Where what is read begins, and in it the changes that the last record does not have yet.
    let [at, from] = [0, 0];
    for (let end = all.indexOf("\0"); end >= 0; end = all.indexOf("\0", at)) {
      if (isChange(all, at)) {
        const close = all.indexOf("\0", end + 1);
        if (close < 0) break;
        at = close + 1;
        continue;
      }
      this.records.at(-1)?.add(all.slice(from, at));
      if (all[at] === "\x01") this.records.push(new RawRecord(all.slice(at + 1, end)));
      at = end + 1;
      from = at;
    }
    this.records.at(-1)?.add(all.slice(from, at));
    this.rest = all.slice(at);
  }
}

function isChange(text: string, at: number): boolean {
  return text[at] === ":" || (text[at] === "\n" && text[at + 1] === ":");
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
