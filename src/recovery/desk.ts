import type { Writes, WrittenEntry } from "../git/fastImport";
import { type Folder, folderMode, folderOf } from "../git/folders";
import type { TreeEntry } from "../git/rawChanges";

/** All folders above a path, the top first. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let at = path; at !== ""; at = folderOf(at)) folders.unshift(folderOf(at));
  return folders;
}

/** A tree on which changes are made one after the other. It knows those of its folders that it was given. */
export class Desk {
  private readonly changes = new Map<string, WrittenEntry | null>();
  /** Folders that changes put something into. */
  private readonly filled = new Set<string>();

  constructor(private readonly folders: ReadonlyMap<string, Folder>) {}

  /** All that is otherwise than in the tree. */
  get writes(): Writes {
    return this.changes;
  }

  /** The file there; null: none. */
  file(path: string): WrittenEntry | null {
    const changed = this.changes.get(path);
    if (changed !== undefined) return changed;
    const entry = this.listed(path);
    return entry && !isFolder(entry) ? entry : null;
  }

  hasFolder(path: string): boolean {
    if (path === "" || this.filled.has(path)) return true;
    const entry = this.listed(path);
    return entry !== null && isFolder(entry);
  }

  /** Whether a new file can be put there: nothing has its name, and no file one of its folders'. */
  hasRoomFor(path: string): boolean {
    if (this.file(path) !== null || this.hasFolder(path)) return false;
    return foldersAbove(path).every((folder) => folder === "" || this.file(folder) === null);
  }

  set(path: string, entry: WrittenEntry | null): void {
    this.changes.set(path, entry);
    if (entry !== null) for (const folder of foldersAbove(path)) this.filled.add(folder);
  }

  private listed(path: string): TreeEntry | null {
    return this.folders.get(folderOf(path))?.get(path.slice(path.lastIndexOf("/") + 1)) ?? null;
  }
}

function isFolder({ mode }: TreeEntry): boolean {
  return mode === folderMode;
}
