import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

/**
 * The folder in which git keeps what belongs to one linked worktree (`<commonDir>/worktrees/<id>`), found also when
 * the worktree's own folder is gone. Null when git has no worktree at that path.
 */
export async function findAdminDir(commonDir: string, worktree: string): Promise<string | null> {
  for (const adminDir of await adminDirs(commonDir)) {
    if ((await worktreeOf(adminDir)) === path.resolve(worktree)) return adminDir;
  }
  return null;
}

/** The administrative folders of all linked worktrees. */
export async function adminDirs(commonDir: string): Promise<string[]> {
  const parent = path.join(commonDir, "worktrees");
  return (await readdir(parent).catch(() => [])).map((id) => path.join(parent, id));
}

/** The worktree that an administrative folder is about; null when it does not say. */
export async function worktreeOf(adminDir: string): Promise<string | null> {
  const text = await readFile(path.join(adminDir, "gitdir"), "utf8").catch(() => null);
  // "/work/repo.worktrees/csv/.git\n"; with worktree.useRelativePaths relative to the administrative folder
  return text === null ? null : path.dirname(path.resolve(adminDir, text.trimEnd()));
}

/** Whether the folder's `.git` file leads to that administrative folder. */
export async function pointsTo(worktree: string, adminDir: string): Promise<boolean> {
  const text = await readFile(path.join(worktree, ".git"), "utf8").catch(() => "");
  const target = /^gitdir: (.+)\n?$/.exec(text)?.[1];
  if (target === undefined) return false;
  const [found, wanted] = await Promise.all(
    [path.resolve(worktree, target), adminDir].map((dir) => stat(dir).catch(() => null)),
  );
  return found != null && wanted != null && found.ino === wanted.ino && found.dev === wanted.dev;
}

/**
 * Tells an administrative folder from a later one under the same name, which git makes for a new worktree at the same
 * place. Null when it is not there or not whole.
 */
export async function identityOf(adminDir: string): Promise<string | null> {
  // Written once, unlike the folder and the other files in it.
  const found = await stat(path.join(adminDir, "commondir"), { bigint: true }).catch(() => null);
  return found && `${found.ino}-${found.mtimeNs}`;
}

/** Whether an administrative folder has all that makes a worktree; a killed git may have deleted half of it. */
export async function isWhole(adminDir: string): Promise<boolean> {
  const there = await Promise.all(
    ["HEAD", "commondir", "gitdir"].map((name) => exists(path.join(adminDir, name))),
  );
  return !there.includes(false);
}

const unfinished: readonly (readonly [file: string, what: string])[] = [
  ["MERGE_HEAD", "merge"],
  ["rebase-merge", "rebase"],
  ["rebase-apply", "rebase"],
  ["CHERRY_PICK_HEAD", "cherry-pick"],
  ["REVERT_HEAD", "revert"],
  ["sequencer", "cherry-pick or revert"],
  ["BISECT_LOG", "bisect"],
];

/** What git is in the middle of there (`merge`, `rebase` …); null when nothing. */
export async function middleOf(adminDir: string): Promise<string | null> {
  for (const [file, what] of unfinished) if (await exists(path.join(adminDir, file))) return what;
  return null;
}

/** A lock that a running or killed git command holds on that worktree's index or head; null when there is none. */
export async function lockIn(adminDir: string): Promise<string | null> {
  for (const file of ["index.lock", "HEAD.lock"].map((name) => path.join(adminDir, name))) {
    if (await exists(file)) return file;
  }
  return null;
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}
