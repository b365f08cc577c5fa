import { createHash } from "node:crypto";
import type { Oid } from "../model/worktree";
import type { Folder } from "./folders";
import type { TreeEntry } from "./rawChanges";

/** What is put into a folder, by name: files (null: taken away), and folders with their own. */
interface Inserted {
  readonly files: Map<string, TreeEntry | null>;
  readonly folders: Map<string, Inserted>;
}

/**
 * The id of a tree after some writes, without writing any of it. Null where that is not told by `folders`, which are the
 * tree's as `readFolders` gives them. Paths are held one character a byte.
 */
export function treeWith(
  folders: ReadonlyMap<string, Folder>,
  writes: ReadonlyMap<string, TreeEntry | null>,
  hash: "sha1" | "sha256",
): Oid | null {
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
  const listed = folders.get("");
  return listed ? (idWith(folders, "", listed, top, hash) ?? null) : null;
}

/** Undefined: not told; null: nothing is left in the folder. */
function idWith(
  folders: ReadonlyMap<string, Folder>,
  path: string,
  listed: Folder,
  { files, folders: inner }: Inserted,
  hash: "sha1" | "sha256",
): Oid | null | undefined {
  const entries = new Map(listed);
  for (const [name, entry] of files) {
    if (entry === null) entries.delete(name);
    else entries.set(name, entry);
  }
  for (const [name, inserted] of inner) {
    const place = path === "" ? name : `${path}/${name}`;
    const before = entries.get(name);
    const within = before?.mode === folderMode ? folders.get(place) : new Map();
    if (!within) return undefined;
    const oid = idWith(folders, place, within, inserted, hash);
    if (oid === undefined) return undefined;
    if (oid !== null) entries.set(name, { mode: folderMode, oid });
    else if (before?.mode === folderMode) entries.delete(name);
  }
  return entries.size === 0 && path !== "" ? null : idOf(entries, hash);
}

const folderMode = "40000";

/** As git has a tree: `<mode> <name>␀<id as bytes>` of each entry, in the order of their bytes, a folder's with a / after it. */
function idOf(entries: Folder, hash: "sha1" | "sha256"): Oid {
  const keyed = [...entries].map(([name, { mode, oid }]) => ({
    key: mode === folderMode ? `${name}/` : name,
    text: `${mode} ${name}\0${Buffer.from(oid, "hex").toString("latin1")}`,
  }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
  const body = Buffer.from(keyed.map(({ text }) => text).join(""), "latin1");
  return createHash(hash).update(`tree ${body.length}\0`).update(body).digest("hex");
}
