import type { Oid } from "../model/worktree";
import type { TreeEntry } from "./rawChanges";
import type { Scratch } from "./scratch";

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

  /** Null: nothing has that name. Made when it is asked for, as most of a folder never is. */
  get(name: string): TreeEntry | null {
    const start = this.starts.get(name);
    if (start === undefined) return null;
    const space = this.content.indexOf(0x20, start);
    const id = space + 1 + name.length + 1;
    return {
      mode: this.content.toString("latin1", start, space),
      oid: this.content.toString("hex", id, id + this.idLength),
    };
  }
}

/** Reads some folders of a tree; "" is the top. What is no folder there is left out. */
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
        found.set(asked[place] ?? "", new Folder(object.bytes, tree.length / 2));
    },
    signal,
  );
  return found;
}
