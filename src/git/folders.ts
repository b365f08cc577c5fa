import type { Oid } from "../model/worktree";
import type { TreeEntry } from "./rawChanges";
import { GitError, runBytes } from "./run";
import type { Scratch } from "./scratch";

/** What lies directly in a folder, by name; folders have the mode 40000. */
export type Folder = ReadonlyMap<string, TreeEntry>;

/**
 * Reads some folders of a tree in one git process; "" is the top. Names are held one character a byte. What is no
 * folder there is left out.
 */
export async function readFolders(
  scratch: Scratch,
  tree: Oid,
  folders: Iterable<string>,
  signal?: AbortSignal,
): Promise<Map<string, Folder>> {
  const asked = [...new Set(folders)];
  const args = ["--git-dir=.", "cat-file", "--batch", "--buffer", "-z"];
  const input = Buffer.from(asked.map((folder) => `${tree}:${folder}\0`).join(""), "latin1");
  const result = await runBytes(scratch.dir, args, { input, ...(signal ? { signal } : {}) });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return parseFolders(result.stdout, tree, asked);
}

/**
 * Parses `git cat-file --batch -z` of folders, an answer for each in turn; a tree's entries are `<mode> <name>␀<id>`
 * with the id as bytes, and the question itself comes back where there is nothing:
 *
 *     5c0ffee… tree 66\n40000 docs␀….100644 readme.md␀….\n<tree>:gone missing\n
 */
export function parseFolders(bytes: Buffer, tree: Oid, asked: readonly string[]): Map<string, Folder> {
  const found = new Map<string, Folder>();
  let at = 0;
  for (const folder of asked) {
    const missing = Buffer.from(`${tree}:${folder} missing\n`, "latin1");
    if (bytes.subarray(at, at + missing.length).equals(missing)) {
      at += missing.length;
      continue;
    }
    const end = bytes.indexOf(0x0a, at);
    const [, type, size] = bytes.toString("latin1", at, end).split(" ");
    const content = bytes.subarray(end + 1, end + 1 + Number(size));
    at = end + 2 + content.length;
    if (type === "tree") found.set(folder, parseTree(content, tree.length / 2));
  }
  return found;
}

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
