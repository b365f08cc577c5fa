import { constants } from "node:fs";
import { access, copyFile, lstat, readFile, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import pLimit from "p-limit";
import type { Oid } from "../model/worktree";
import type { Aside } from "./aside";
import { type GitOptions, runOk } from "./run";

/** A worktree's files as they lie on disk. */
export interface FilesOnDisk {
  readonly tree: Oid;
  /** What git is in the middle of merging in there. */
  readonly merging: readonly Oid[];
  /** New files that are not in the tree because there are too many, they are too large, or cannot be read. */
  readonly leftOut: number;
}

// Nobody moves lines of code into a file that is larger, or into that many files.
const largestNew = 64 << 20;
const mostNewBytes = 512 << 20;
const mostNew = 20_000;

/**
 * Reads a worktree as its files lie on disk, uncommitted and untracked ones included, ignored ones not. Works on a copy of
 * the index, which knows what git has read before: the real one, its lock and the files are left alone. Filters that the
 * repo's settings name (LFS, line ends) are run by git as for `git add`. To be called inside `aside.use`.
 */
export async function readWorktreeTree(
  aside: Aside,
  top: string,
  signal?: AbortSignal,
): Promise<FilesOnDisk> {
  // The path may hold line breaks, so it is asked for alone.
  const gitDir = (await runOk(top, ["rev-parse", "--path-format=absolute", "--git-dir"])).replace(
    /\r?\n$/,
    "",
  );
  const index = await copyIndex(aside, top, path.join(gitDir, "index"));
  const options = { env: { GIT_INDEX_FILE: index }, ...(signal ? { signal } : {}) };
  await runOk(top, [...quiet, "add", "--update"], options);
  const leftOut = await addNew(top, options);
  const tree = (await runOk(top, [...quiet, "write-tree"], options)).trim();
  return { tree, merging: await readMerging(path.join(gitDir, "MERGE_HEAD")), leftOut };
}

const quiet = [
  ...["-c", "core.splitIndex=false", "-c", "core.fsmonitor=false"],
  // A hook that hears of a written index would take the copy for the real one.
  ...["-c", "core.hooksPath=/dev/null"],
  // These objects are thrown away, and a copy of mixed line ends harms nobody.
  ...["-c", "core.fsync=none", "-c", "core.safecrlf=false"],
];

/**
 * The copy stays as long as the index does, so that large files that are not committed are read once. It keeps the
 * index's own time: git tells by it which files may have changed within the same second.
 */
async function copyIndex(aside: Aside, top: string, real: string): Promise<string> {
  const { file, from } = await aside.index(top);
  await rm(`${file}.lock`, { force: true });
  const found = await stat(real, { bigint: true }).catch(() => null);
  const version = found ? `${found.ino}-${found.mtimeNs}-${found.size}` : "none";
  if (from === version) return file;
  // Before the first `git add` there is no index; then all files are new.
  await rm(file, { force: true });
  if (found) {
    await copyFile(real, file);
    const seconds = Number(found.mtimeNs / 1_000_000_000n);
    await utimes(file, seconds, seconds);
  }
  aside.noteIndex(top, version);
  return file;
}

/** Adds the files that git does not know yet; says how many were left out. */
async function addNew(top: string, options: GitOptions): Promise<number> {
  const listed = await runOk(top, [...quiet, "ls-files", "--others", "--exclude-standard", "-z"], options);
  // A trailing slash marks another repo, which is that one's business.
  const names = listed.split("\0").filter((name) => name !== "" && !name.endsWith("/"));
  const slots = pLimit(32);
  const sizes = await Promise.all(
    names.slice(0, mostNew).map((name) => slots(() => readableSize(path.join(top, name)))),
  );
  let bytes = 0;
  const added = names.slice(0, mostNew).filter((_, i) => {
    const size = sizes[i] ?? null;
    if (size === null || size > largestNew || bytes + size > mostNewBytes) return false;
    bytes += size;
    return true;
  });
  if (added.length > 0) {
    // What is gone by now is passed over.
    const args = [...quiet, "update-index", "-z", "--add", "--remove", "--replace", "--stdin"];
    await runOk(top, args, { ...options, input: `${added.join("\0")}\0` });
  }
  return names.length - added.length;
}

/** Null: not to be read. What is gone has no size. */
async function readableSize(file: string): Promise<number | null> {
  try {
    const found = await lstat(file);
    if (!found.isSymbolicLink()) await access(file, constants.R_OK);
    return found.size;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? 0 : null;
  }
}

/** The commits that a merge which is not committed yet brings in, a line each. */
async function readMerging(file: string): Promise<Oid[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").filter((line) => /^[0-9a-f]{40,64}$/.test(line));
}
