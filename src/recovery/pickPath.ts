import type { WrittenEntry } from "../git/fastImport";
import { folderOf } from "../git/folders";
import { type PathChange, sameEntry, type TreeEntry } from "../git/rawChanges";
import type { Desk } from "./desk";

/** What picking a change does to one path, as far as that is told without looking into files. */
export type PathPick =
  | { readonly do: "nothing" }
  | { readonly do: "set"; readonly entry: TreeEntry | null }
  /** Both sides changed the text. */
  | {
      readonly do: "merge";
      readonly base: TreeEntry;
      readonly ours: WrittenEntry;
      readonly theirs: TreeEntry;
    }
  | { readonly do: "conflict" }
  /** Only git can tell. */
  | { readonly do: "ask git" };

/** `deleted`: files that are gone there, of which git found that they did not move. */
export function pickPath(
  desk: Desk,
  { path, old, new: entry }: PathChange,
  deleted: ReadonlySet<string> = new Set(),
): PathPick {
  const now = desk.file(path);
  // A file that is gone on both sides may have moved on one of them.
  if (entry === null) return old && now && sameEntry(now, old) ? { do: "set", entry } : { do: "ask git" };
  if (sameEntry(now, entry)) return { do: "nothing" };
  if (old === null) {
    // A folder that is not there may have moved, and its new files with it.
    const room = desk.hasRoomFor(path) && desk.hasFolder(folderOf(path));
    return room ? { do: "set", entry } : { do: "ask git" };
  }
  if (now === null) return { do: deleted.has(path) && !desk.writes.has(path) ? "conflict" : "ask git" };
  if (sameEntry(now, old)) return { do: "set", entry };
  const texts = [old, now, entry].every(({ mode }) => mode.startsWith("100"));
  const modes = now.mode === old.mode || old.mode === entry.mode || now.mode === entry.mode;
  return texts && modes ? { do: "merge", base: old, ours: now, theirs: entry } : { do: "ask git" };
}

/** Whether a change moved files to other folders, so that new files of the other side may have to follow. */
export function mayMoveFolders(changes: readonly PathChange[]): boolean {
  const left = new Set(changes.filter(({ new: entry }) => entry === null).map(({ path }) => folderOf(path)));
  return left.size > 0 && changes.some(({ path, old }) => old === null && !left.has(folderOf(path)));
}
