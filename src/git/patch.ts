import type { Oid } from "../model/worktree";
import { unquote } from "./quoted";

/** Lines that go and lines that come at one place. Numbers are 1-based; a side without lines has an empty list. */
export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** One file of a `-U0` patch. Paths and lines are bytes held as latin1 text. */
export interface FilePatch {
  readonly status: "added" | "deleted" | "changed" | "renamed" | "copied";
  readonly oldPath: string;
  readonly newPath: string;
  /** Git's octal words, for example 100644; equal when only the content differs. */
  readonly oldMode: string;
  readonly newMode: string;
  /** Null where the content is the same. */
  readonly oldOid: Oid | null;
  readonly newOid: Oid | null;
  readonly binary: boolean;
  readonly hunks: readonly Hunk[];
}

/** The pinned way of asking: a person's own diff settings must not change what is found. */
export const patchFlags = [
  "--patch",
  "--unified=0",
  "--inter-hunk-context=0",
  "--find-renames=50%",
  "--diff-algorithm=myers",
  "--indent-heuristic",
  "--full-index",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-relative",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--submodule=short",
  "--ignore-submodules=none",
] as const;

/**
 * Reads a patch from `at` for as long as it holds file headers.
 *
 *     diff --git a/x y b/x y
 *     index de98…..55dc… 100644
 *     --- a/x y⇥
 *     +++ b/x y⇥
 *     @@ -2,2 +2 @@ a
 *     -b
 *     -c
 *     +B
 */
export function readPatch(text: string, at = 0): { files: FilePatch[]; end: number } {
  const files: FilePatch[] = [];
  let position = at;
  while (text.startsWith("diff --git ", position)) {
    const { file, end } = readFile(text, position);
    files.push(file);
    position = end;
  }
  return { files, end: position };
}

function readFile(text: string, at: number): { file: FilePatch; end: number } {
  const file = {
    status: "changed" as FilePatch["status"],
    oldPath: "",
    newPath: "",
    oldMode: "",
    newMode: "",
    oldOid: null as Oid | null,
    newOid: null as Oid | null,
    binary: false,
    hunks: [] as Hunk[],
  };
  let line = lineAt(text, at);
  [file.oldPath, file.newPath] = samePath(line.text);
  let position = line.end;
  while (position < text.length) {
    line = lineAt(text, position);
    const words = line.text;
    if (words.startsWith("@@ ")) {
      const read = readHunk(text, position);
      file.hunks.push(read.hunk);
      position = read.end;
      continue;
    }
    if (words.startsWith("\\")) {
      // "\ No newline at end of file" says nothing about lines.
    } else if (words === "" || words.startsWith("diff --git ") || !header(file, words)) break;
    position = line.end;
  }
  return { file, end: position };
}

type Draft = { -readonly [K in keyof FilePatch]: FilePatch[K] };

function header(file: Draft, words: string): boolean {
  const value = (name: string) => (words.startsWith(name) ? words.slice(name.length) : undefined);
  let found = value("index ");
  if (found !== undefined) {
    const [oids = "", mode] = found.split(" ");
    const [before = "", after = ""] = oids.split("..");
    file.oldOid = before;
    file.newOid = after;
    if (mode) file.oldMode = file.newMode = mode;
    return true;
  }
  found = value("--- ");
  if (found !== undefined) {
    if (found !== "/dev/null") file.oldPath = named(found);
    return true;
  }
  found = value("+++ ");
  if (found !== undefined) {
    if (found !== "/dev/null") file.newPath = named(found);
    return true;
  }
  found = value("deleted file mode ");
  if (found !== undefined) {
    file.status = "deleted";
    file.oldMode = file.newMode = found;
    return true;
  }
  found = value("new file mode ");
  if (found !== undefined) {
    file.status = "added";
    file.oldMode = file.newMode = found;
    return true;
  }
  found = value("old mode ");
  if (found !== undefined) {
    file.oldMode = found;
    return true;
  }
  found = value("new mode ");
  if (found !== undefined) {
    file.newMode = found;
    return true;
  }
  found = value("rename from ") ?? value("copy from ");
  if (found !== undefined) {
    file.status = words.startsWith("rename") ? "renamed" : "copied";
    file.oldPath = unquote(found);
    return true;
  }
  found = value("rename to ") ?? value("copy to ");
  if (found !== undefined) {
    file.newPath = unquote(found);
    return true;
  }
  if (words.startsWith("Binary files ")) {
    file.binary = true;
    return true;
  }
  return words.startsWith("similarity index ") || words.startsWith("dissimilarity index ");
}

/** `@@ -2,2 +2 @@ text`: the counts say how many lines follow, whatever these look like. */
function readHunk(text: string, at: number): { hunk: Hunk; end: number } {
  const line = lineAt(text, at);
  const [, oldStart = "0", oldCount = "1", newStart = "0", newCount = "1"] =
    /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line.text) ?? [];
  let position = line.end;
  const take = (count: number): string[] => {
    const lines: string[] = [];
    while (lines.length < count && position < text.length) {
      const next = lineAt(text, position);
      if (!next.text.startsWith("\\")) lines.push(next.text.slice(1));
      position = next.end;
    }
    return lines;
  };
  const removed = take(Number(oldCount));
  if (text.startsWith("\\", position)) position = lineAt(text, position).end;
  const added = take(Number(newCount));
  return { hunk: { oldStart: Number(oldStart), newStart: Number(newStart), removed, added }, end: position };
}

function lineAt(text: string, at: number): { text: string; end: number } {
  const newline = text.indexOf("\n", at);
  const end = newline === -1 ? text.length : newline;
  return { text: text.slice(at, end), end: end + 1 };
}

/** A name with a space in it is followed by a tab. */
function named(text: string): string {
  return unquote(text.endsWith("\t") ? text.slice(0, -1) : text).slice(2);
}

/** `diff --git a/P b/P`: for a file without content changes this is the only place that names it. */
function samePath(line: string): [string, string] {
  const rest = line.slice("diff --git ".length);
  const half = rest.slice(0, (rest.length - 1) / 2);
  const name = unquote(half).slice(2);
  return [name, name];
}
