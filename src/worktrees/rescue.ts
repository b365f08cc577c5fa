import { constants } from "node:fs";
import { chmod, copyFile, cp, lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { readReflogOnly } from "../git/reflogOnly";
import type { Repo } from "../git/repo";
import { commitTree, treeOf, treeOfIndex, treeOnDisk } from "../git/snapshot";
import { createRef, deleteRef, readRef } from "../git/updateRef";
import type { Oid } from "../model/worktree";
import type { Contents } from "./contents";
import { exists } from "./inside";
import { markFile } from "./record";
import { type Removal, rescueDir } from "./removalNote";

/** The ref that keeps a removed worktree's commits: `refs/agent-foreman/rescue/<branch>/<UTC time>`. */
export function rescueRefName(branch: string | null, worktree: string, at: Date): string {
  const stamp = at.toISOString().replaceAll(/[-:.]/g, "");
  const safe = path.basename(worktree).replaceAll(/[^A-Za-z0-9_-]+/g, "-");
  return `refs/agent-foreman/rescue/${branch ?? `detached-${safe}`}/${stamp}`;
}

/**
 * Makes the rescue ref. Where the worktree has uncommitted files, it is at a commit of the files as they are on disk,
 * whose parents are the head and, like a stash's, a commit of what was staged. Commits that only a reflog has, which
 * goes with the worktree, are parents of one more parent.
 */
export async function makeRescue(
  repo: Repo,
  removal: Removal,
  contents: Contents | null,
): Promise<Pick<Removal, "held" | "reflogCommits"> & { rescued: Oid }> {
  const dir = rescueDir(repo, removal.id);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await copyAdministration(removal.adminDir, dir);
  const onDisk = await readTree(repo, removal, removal.path, contents);
  const { adminDir, branch, deletesBranch, head } = removal;
  const unheld = await readReflogOnly(repo, adminDir, deletesBranch ? branch : null, head);
  const rescued = await snapshot(repo, removal, onDisk, await holderOf(repo, removal, unheld.tips));
  if (!(await createRef(repo, removal.rescueRef, rescued))) {
    throw new Error(`The rescue ref ${removal.rescueRef} could not be made.`);
  }
  return { rescued, held: asText(contents, onDisk), reflogCommits: unheld.count };
}

// One command line holds so many ids on every system.
const mostParents = 200;

/** A commit with the head's files and all of `tips` in its history; null when there are none. */
async function holderOf(repo: Repo, removal: Removal, tips: readonly Oid[]): Promise<Oid | null> {
  if (tips.length === 0) return null;
  const tree = await treeOf(repo, removal.head);
  let holder = removal.head;
  for (let i = 0; i < tips.length; i += mostParents) {
    const parents = [holder, ...tips.slice(i, i + mostParents)];
    holder = await commitTree(repo, tree, parents, `What only the reflog had of ${nameOf(removal)}\n`);
  }
  return holder;
}

function nameOf(removal: Removal): string {
  return removal.branch ?? path.basename(removal.path);
}

/** `onDisk`: the tree of uncommitted files; null when there are none. `holder`: of other commits to keep. */
async function snapshot(repo: Repo, removal: Removal, onDisk: Oid | null, holder: Oid | null): Promise<Oid> {
  const { head, adminDir } = removal;
  const index = path.join(rescueDir(repo, removal.id), "index");
  const headTree = await treeOf(repo, head);
  const staged = (await exists(index)) ? await treeOfIndex(adminDir, index) : headTree;
  const tree = onDisk ?? staged;
  if (tree === headTree && staged === headTree) return holder ?? head;
  const name = nameOf(removal);
  const parents = [head];
  if (staged !== headTree)
    parents.push(await commitTree(repo, staged, [head], `What was staged on ${name}\n`));
  if (holder !== null) parents.push(holder);
  return commitTree(repo, tree, parents, `What was not committed on ${name}\n`);
}

async function readTree(
  repo: Repo,
  removal: Removal,
  folder: string,
  contents: Contents | null,
): Promise<Oid | null> {
  const paths = contents?.changes.paths ?? [];
  const scratch = path.join(rescueDir(repo, removal.id), "scratch");
  return paths.length === 0 ? null : treeOnDisk(repo, folder, removal.head, paths, scratch);
}

/** All that a person could have changed since: equal texts mean equal worktrees. */
function asText(contents: Contents | null, onDisk: Oid | null): string {
  if (contents === null) return "missing";
  const { head, branch, paths, ignored } = contents.changes;
  return JSON.stringify({ head, branch, paths, ignored, onDisk });
}

/** Whether the worktree, now in `folder`, holds what it held when its rescue was made. */
export async function isAsRescued(
  repo: Repo,
  removal: Removal,
  folder: string,
  contents: Contents,
): Promise<boolean> {
  return asText(contents, await readTree(repo, removal, folder, contents)) === removal.held;
}

// Besides the index: which files a sparse checkout shows, and settings of this worktree alone.
const administration = ["index", "config.worktree", path.join("info", "sparse-checkout"), markFile];

/** Files that are not there to be copied, or with COPYFILE_EXCL already there, are passed over. */
export async function copyAdministration(from: string, to: string, mode = 0): Promise<void> {
  const shared = (await readdir(from).catch(() => [])).filter((name) => name.startsWith("sharedindex."));
  for (const name of [...administration, ...shared]) {
    if (!(await exists(path.join(from, name)))) continue;
    await mkdir(path.dirname(path.join(to, name)), { recursive: true });
    await copyFile(path.join(from, name), path.join(to, name), mode).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/** Moves ignored files and folders out of what is about to be deleted. Can be done again. */
export async function keepFiles(repo: Repo, removal: Removal): Promise<void> {
  if (removal.parked === null) return;
  const files = path.join(rescueDir(repo, removal.id), "files");
  for (const name of removal.files) {
    await mkdir(path.dirname(path.join(files, name)), { recursive: true });
    await move(path.join(removal.parked, name), path.join(files, name)).catch(unlessAbsent);
  }
}

/** Moves the repos of the worktree's submodules out of git's administrative folder, which is about to be deleted. */
export async function keepModules(repo: Repo, removal: Removal): Promise<void> {
  const kept = path.join(rescueDir(repo, removal.id), "modules");
  await move(path.join(removal.adminDir, "modules"), kept).catch(unlessAbsent);
}

/** For a removal that is taken back: what it, or a git that was killed, took out of the administrative folder. */
export async function returnAdministration(repo: Repo, removal: Removal): Promise<void> {
  const dir = rescueDir(repo, removal.id);
  await move(path.join(dir, "modules"), path.join(removal.adminDir, "modules")).catch(unlessAbsent);
  await copyAdministration(dir, removal.adminDir, constants.COPYFILE_EXCL);
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES" && (await moveReadOnly(from, to))) return;
    if (code !== "EXDEV") throw error;
    await cp(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    await rm(from, { recursive: true });
  }
}

/** A folder of our own that is read-only for ourselves, too, cannot be moved elsewhere as long as it is so. */
async function moveReadOnly(from: string, to: string): Promise<boolean> {
  const { mode } = await lstat(from);
  if ((mode & 0o200) !== 0) return false;
  await chmod(from, mode | 0o200);
  await rename(from, to);
  await chmod(to, mode);
  return true;
}

function unlessAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** For a removal that is taken back: the worktree is whole, so nothing is lost with its rescue. */
export async function dropRescue(repo: Repo, removal: Removal): Promise<void> {
  const made = await readRef(repo, removal.rescueRef);
  if (made !== null) await deleteRef(repo, removal.rescueRef, made);
  await rm(rescueDir(repo, removal.id), { recursive: true, force: true });
}
