import { constants, type Dirent } from "node:fs";
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readlink,
  rm,
  rmdir,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { readBlob } from "../git/blob";
import type { Repo } from "../git/repo";
import { type TreeDifference, treeDifferences } from "../git/treeDifferences";
import type { Oid } from "../model/worktree";
import { isInside } from "./occupants";
import type { Link } from "./removalNote";

/** Makes a folder that holds the files of `head` hold those of `snapshot`, byte for byte. */
export async function putSnapshotBack(repo: Repo, folder: string, head: Oid, snapshot: Oid): Promise<void> {
  const differences = await treeDifferences(repo, head, snapshot);
  const within = (name: string) => {
    const file = path.join(folder, name);
    if (!isInside(folder, file)) throw new Error(`${name} leads out of the worktree.`);
    return file;
  };
  // What goes, goes first: a folder may come where a file was.
  for (const { path: name, added } of differences) if (!added) await removeFile(folder, within(name));
  for (const difference of differences) await writeEntry(repo, within(difference.path), difference.entry);
}

async function removeFile(folder: string, file: string): Promise<void> {
  const found = await lstat(file).catch(() => null);
  if (found === null || found.isDirectory()) return;
  await rm(file);
  // Like git, which knows no empty folders.
  let dir = path.dirname(file);
  while (dir !== folder && (await removeEmpty(dir))) dir = path.dirname(dir);
}

async function removeEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch {
    return false;
  }
}

async function writeEntry(repo: Repo, file: string, entry: TreeDifference["entry"]): Promise<void> {
  // A submodule's commit is its own repo's business.
  if (entry === null || entry.mode === "160000") return;
  await mkdir(path.dirname(file), { recursive: true });
  const content = await readBlob(repo, entry.oid);
  if (entry.mode === "120000") return symlink(content, file);
  await writeFile(file, content, { flag: "wx", mode: entry.mode === "100755" ? 0o777 : 0o666 });
}

/** Copies the kept ignored files and folders back, with their modes and times; what is there already stays. */
export async function putFilesBack(kept: string, folder: string): Promise<void> {
  for (const item of await readdir(kept, { withFileTypes: true }).catch(noneWhenAbsent)) {
    const [from, to] = [path.join(kept, item.name), path.join(folder, item.name)];
    const there = await lstat(to).catch(() => null);
    if (item.isDirectory() && (there === null || there.isDirectory())) {
      if (there === null) await mkdir(to);
      await putFilesBack(from, to);
      if (there === null) await giveModeAndTimes(from, to);
    } else if (there === null && item.isSymbolicLink()) {
      await symlink(await readlink(from, "buffer"), to);
    } else if (there === null && item.isFile()) {
      await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      await giveModeAndTimes(from, to);
    }
  }
}

function noneWhenAbsent(error: NodeJS.ErrnoException): Dirent[] {
  if (error.code === "ENOENT") return [];
  throw error;
}

async function giveModeAndTimes(from: string, to: string): Promise<void> {
  const { mode, atime, mtime } = await lstat(from);
  await chmod(to, mode & 0o777);
  await utimes(to, atime, mtime);
}

/** Makes the links again where nothing is; a folder's is a junction on Windows, which needs no special right. */
export async function putLinksBack(folder: string, links: readonly Link[]): Promise<void> {
  for (const { path: name, target, directory } of links) {
    const file = path.join(folder, name);
    if (!isInside(folder, file) || (await lstat(file).catch(() => null)) !== null) continue;
    await mkdir(path.dirname(file), { recursive: true });
    await symlink(target, file, directory ? "junction" : "file");
  }
}
