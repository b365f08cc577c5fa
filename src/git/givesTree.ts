import { Folder, folderMode } from "./folders";
import { sameEntry, type TreeEntry } from "./rawChanges";

/** What is put into a folder, by name: files (null: taken away), and folders with their own. */
interface Inserted {
  readonly files: Map<string, TreeEntry | null>;
  readonly folders: Map<string, Inserted>;
}

/**
 * Whether some writes make another tree of a tree, both told by their folders as `readFolders` gives them; false also where
 * those do not tell. Paths are held one character a byte.
 */
export function givesTree(
  folders: ReadonlyMap<string, Folder>,
  writes: ReadonlyMap<string, TreeEntry | null>,
  made: ReadonlyMap<string, Folder>,
): boolean {
  const top: Inserted = { files: new Map(), folders: new Map() };
  for (const [path, entry] of writes) {
    const names = path.split("/");
    const name = names.pop() ?? "";
    let at = top;
    for (const folder of names) {
      const inner = at.folders.get(folder) ?? { files: new Map(), folders: new Map() };
      at.folders.set(folder, inner);
      at = inner;
    }
    at.files.set(name, entry);
  }
  const before = folders.get("");
  return before !== undefined && made.has("") && givesFolder(folders, "", before, top, made);
}

function givesFolder(
  folders: ReadonlyMap<string, Folder>,
  path: string,
  before: Folder,
  { files, folders: inner }: Inserted,
  made: ReadonlyMap<string, Folder>,
): boolean {
  const after = made.get(path) ?? empty;
  const names = new Set([...before.names, ...after.names, ...files.keys(), ...inner.keys()]);
  for (const name of names) {
    const inserted = inner.get(name);
    const file = files.get(name);
    if (!inserted && file === undefined) {
      if (!before.hasSame(name, after)) return false;
      continue;
    }
    const [was, is] = [before.get(name), after.get(name)];
    if (inserted) {
      const place = path === "" ? name : `${path}/${name}`;
      const within = was?.mode === folderMode ? folders.get(place) : empty;
      if (!within || (is?.mode === folderMode && !made.has(place))) return false;
      if (!givesFolder(folders, place, within, inserted, made)) return false;
      if (is?.mode === folderMode) continue;
    }
    // A folder of which nothing is left is none any more.
    const stays = inserted && was?.mode === folderMode ? null : was;
    if (!sameEntry(file === undefined ? stays : file, is)) return false;
  }
  return true;
}

const empty = new Folder(Buffer.alloc(0), 20);
