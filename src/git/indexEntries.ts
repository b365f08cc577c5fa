import { lstat } from "node:fs/promises";
import path from "node:path";
import type { Oid } from "../model/worktree";
import { gitAt, type Place } from "./changes";
import { hashAsAdded } from "./hash";
import { runOk } from "./run";

export interface IndexEntry {
  readonly path: string;
  readonly mode: string;
  readonly oid: Oid;
  /** `git status` does not look at the file, whatever it holds (assume-unchanged, skip-worktree). */
  readonly unwatched: boolean;
}

/** The entries of a worktree's index that need a look of their own: submodules, and files that status passes over. */
export async function readSpecialEntries(place: Place): Promise<IndexEntry[]> {
  const text = await runOk(place.folder, gitAt(place, "ls-files", "-z", "-s", "-v"));
  return parseIndexEntries(text).filter(({ mode, unwatched }) => unwatched || mode === "160000");
}

/**
 * Parses `git ls-files -z -s -v` (records end in NUL; the letter is lower-case for assume-unchanged, S for
 * skip-worktree):
 *
 *     H 100644 <oid> 0	src/a.ts
 *     h 100644 <oid> 0	local.json
 */
export function parseIndexEntries(text: string): IndexEntry[] {
  return text.split("\0").flatMap((record) => {
    const tab = record.indexOf("\t");
    const [tag = "", mode = "", oid = ""] = record.slice(0, tab).split(" ");
    return tab < 0 ? [] : [{ path: record.slice(tab + 1), mode, oid, unwatched: /^[a-zS]$/.test(tag) }];
  });
}

/** Of the files that status passes over, those that are on disk and not as the index has them. */
export async function changedUnwatched(place: Place, entries: readonly IndexEntry[]): Promise<IndexEntry[]> {
  const changed: IndexEntry[] = [];
  const files: IndexEntry[] = [];
  for (const entry of entries.filter(({ unwatched, mode }) => unwatched && mode !== "160000")) {
    const found = await lstat(path.join(place.folder, entry.path)).catch(() => null);
    if (found?.isFile() && entry.mode !== "120000") files.push(entry);
    // A link, or something of another kind than git has there: kept as it is, whether it changed or not.
    else if (found !== null) changed.push(entry);
  }
  const oids = await hashAsAdded(
    place,
    files.map((entry) => entry.path),
  );
  return [...changed, ...files.filter((entry, i) => oids[i] !== entry.oid)];
}
