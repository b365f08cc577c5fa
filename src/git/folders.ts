import type { Oid } from "../model/worktree";
import type { TreeEntry } from "./rawChanges";
import type { Scratch } from "./scratch";

export const folderMode = "40000";

/** The folder of a path; "" is the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** What lies directly in a folder. Names are held one character a byte; folders have the mode 40000. */
export class Folder {
  private readonly starts = new Map<string, number>();

  /** A tree as git has it: entries `<mode> <name>␀<id>`, with the id as so many bytes. */
  constructor(
    private readonly content: Buffer,
    private readonly idLength: number,
  ) {
    for (let at = 0; at < content.length; ) {
      const end = content.indexOf(0, at);
      this.starts.set(content.toString("latin1", content.indexOf(0x20, at) + 1, end), at);
      at = end + 1 + idLength;
    }
  }

  get names(): Iterable<string> {
    return this.starts.keys();
  }

  /** Whether both have just the same under a name; told without making it out. */
  hasSame(name: string, other: Folder): boolean {
    const [mine, its] = [this.starts.get(name), other.starts.get(name)];
    if (mine === undefined || its === undefined) return mine === its;
    const length = this.content.indexOf(0, mine) + 1 + this.idLength - mine;
    return this.content.subarray(mine, mine + length).equals(other.content.subarray(its, its + length));
  }

  /** Null: nothing has that name. Made when it is asked for, as most of a folder never is. */
  get(name: string): TreeEntry | null {
    const start = this.starts.get(name);
    if (start === undefined) return null;
    const space = this.content.indexOf(0x20, start);
    const id = space + 1 + name.length + 1;
    return {
      // Some old tools wrote zeros before it.
      mode: this.content.toString("latin1", start, space).replace(/^0+/, ""),
      oid: this.content.toString("hex", id, id + this.idLength),
    };
  }
}

/**
 * Reads some folders of a tree; "" is the top. What is no folder there is left out. All of one depth are asked for at once by
 * their ids: by their paths git would read all above each of them again.
 */
export async function readFolders(
  { objects }: Pick<Scratch, "objects">,
  tree: Oid,
  folders: Iterable<string>,
  signal?: AbortSignal,
): Promise<Map<string, Folder>> {
  const asked = new Set(folders);
  const levels: Set<string>[] = [];
  for (const folder of asked) {
    let depth = folder === "" ? 0 : folder.split("/").length;
    // Those above one that is there already are there too.
    for (let path = folder; !levels[depth]?.has(path); path = folderOf(path)) {
      const level = levels[depth] ?? new Set();
      levels[depth--] = level.add(path);
      if (path === "") break;
    }
  }
  const found = new Map<string, Folder>();
  for (const level of levels) {
    const places = [...level].flatMap((path): [path: string, name: string][] => {
      if (path === "") return [[path, `${tree}:`]];
      const entry = found.get(folderOf(path))?.get(path.slice(path.lastIndexOf("/") + 1));
      return entry?.mode === folderMode ? [[path, entry.oid]] : [];
    });
    await objects.read(
      places.map(([, name]) => name),
      Number.POSITIVE_INFINITY,
      (place, object) => {
        const [path] = places[place] ?? [];
        if (path !== undefined && object?.type === "tree" && object.bytes)
          found.set(path, new Folder(object.bytes, tree.length / 2));
      },
      signal,
    );
  }
  for (const path of found.keys()) if (!asked.has(path)) found.delete(path);
  return found;
}
