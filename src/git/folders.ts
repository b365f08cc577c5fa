import type { Oid } from "../model/worktree";
import type { TreeEntry } from "./rawChanges";
import type { Scratch } from "./scratch";

/** What lies directly in a folder, by name; folders have the mode 40000. */
export type Folder = ReadonlyMap<string, TreeEntry>;

/** Reads some folders of a tree; "" is the top. Names are held one character a byte. What is no folder there is left out. */
export async function readFolders(
  { objects }: Pick<Scratch, "objects">,
  tree: Oid,
  folders: Iterable<string>,
  signal?: AbortSignal,
): Promise<Map<string, Folder>> {
  const asked = [...new Set(folders)];
  const found = new Map<string, Folder>();
  await objects.read(
    asked.map((folder) => `${tree}:${folder}`),
    Number.POSITIVE_INFINITY,
    (place, object) => {
      if (object?.type === "tree" && object.bytes)
        found.set(asked[place] ?? "", parseTree(object.bytes, tree.length / 2));
    },
    signal,
  );
  return found;
}

/** A tree's entries are `<mode> <name>␀<id>`, with the id as bytes. */
function parseTree(content: Buffer, idLength: number): Folder {
  const entries = new Map<string, TreeEntry>();
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const end = content.indexOf(0, space);
    const oid = content.toString("hex", end + 1, end + 1 + idLength);
    entries.set(content.toString("latin1", space + 1, end), {
      mode: content.toString("latin1", at, space),
      oid,
    });
    at = end + 1 + idLength;
  }
  return entries;
}
