import { lstat, rename, rm, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readAdmin } from "../git/adminFiles";
import { listRefs } from "../git/listRefs";
import type { Repo } from "../git/repo";
import { GitError } from "../git/run";
import { type RefChange, updateRefs } from "../git/updateRefs";
import { listWorktrees } from "../git/worktreeList";
import { namesIn, readText, temporaryBeside } from "../store/atomic";
import { notesDir } from "../store/home";
import { findForeign } from "./foreign";
import { exists } from "./inside";
import { within } from "./name";
import { baseRef, type MakeStage, startOf } from "./newPending";

/**
 * Puts a half-made worktree's folder, git's notes of it and its refs back to what they were. The caller holds the
 * repo's lock, and nothing of the operation runs any more. Safe to do again. False when the folder is somebody
 * else's, and was left alone. Throws when something cannot be removed. A branch that was moved or is used elsewhere
 * stays.
 */
export async function takeBack(repo: Repo, stage: MakeStage): Promise<boolean> {
  const { record, made } = stage;
  const admins = path.join(repo.commonDir, "worktrees");
  const own = await ownAdmins(repo, record.path, stage.adminsBefore);
  const ours = stage.madeFolder === true && !(await takenByOthers(repo, stage, own));
  if (ours) {
    // Never through a link: what is linked into the folder is somebody else's.
    await rm(record.path, { recursive: true, force: true, maxRetries: 5 });
    for (const name of own) await dropAdmin(repo, path.join(admins, name));
  } else {
    // Ours would be empty: we were killed before its making was noted.
    await rmdir(record.path).catch(() => {});
  }
  await removeEmptyUp(path.dirname(record.path), path.dirname(made));
  await rmdir(admins).catch(() => {});
  await takeBackRefs(repo, stage);
  return ours || !(await exists(record.path));
}

/** At one stroke: of one that is half deleted nobody could tell any more whose it was. */
async function dropAdmin(repo: Repo, admin: string): Promise<void> {
  const aside = temporaryBeside(path.join(notesDir(repo.commonDir), path.basename(admin)));
  // Windows moves no folder of which somebody has a file open.
  const moved = await rename(admin, aside).then(
    () => true,
    () => false,
  );
  await rm(moved ? aside : admin, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Whether another program came between our making the empty folder and git's checking out into it. What lies in a
 * folder that our own git got to is of that git and its hooks.
 */
async function takenByOthers(repo: Repo, stage: MakeStage, own: readonly string[]): Promise<boolean> {
  const { record } = stage;
  for (const name of own) {
    const { head } = await readAdmin(path.join(repo.commonDir, "worktrees", name));
    // Git begins with zeros there.
    if (head !== null && !/^0+$/.test(head) && head !== `ref: refs/heads/${record.branch}`) return true;
  }
  const there = await lstat(record.path).catch(() => null);
  if (own.length > 0 || there === null) return false;
  if (!there.isDirectory() || (await exists(path.join(record.path, ".git")))) return true;
  return (await findForeign(repo, record.id, record.path, startOf(stage))).paths.length > 0;
}

/** Names in git's `worktrees` folder that belong to the half-made worktree, those without a path yet included. */
export async function ownAdmins(
  repo: Repo,
  worktree: string,
  adminsBefore: readonly string[],
): Promise<string[]> {
  const own: string[] = [];
  for (const name of await namesIn(path.join(repo.commonDir, "worktrees"))) {
    const admin = path.join(repo.commonDir, "worktrees", name);
    const owner = await worktreeOf(admin);
    if (owner === worktree) own.push(name);
    else if (owner === null && !adminsBefore.includes(name) && (await staysNameless(admin))) own.push(name);
  }
  return own;
}

/** The worktree that an administrative folder of git belongs to; null while git has not written it down. */
async function worktreeOf(admin: string): Promise<string | null> {
  const gitdir = (await readText(path.join(admin, "gitdir")).catch(() => null))?.trim();
  return gitdir ? path.dirname(path.resolve(admin, gitdir)) : null;
}

/** Somebody else's git may just be making it, which takes milliseconds. */
async function staysNameless(admin: string): Promise<boolean> {
  for (;;) {
    const found = await stat(admin).catch(() => null);
    if (found === null || (await worktreeOf(admin)) !== null) return false;
    if (Date.now() - found.mtimeMs > 2_000) return true;
    await sleep(200);
  }
}

/** The branch and the ref of its base, as far as they are still as we made them. */
export async function takeBackRefs(repo: Repo, stage: MakeStage): Promise<void> {
  const { branch } = stage.record;
  const oid = startOf(stage);
  const head = `refs/heads/${branch}`;
  const base = baseRef(branch);
  for (const ref of [head, base]) await rm(path.join(repo.commonDir, `${ref}.lock`), { force: true });
  const refs = await listRefs(repo, [head, base]);
  const baseOid = refs.get(base);
  // Both are made in one step, the base first: without it the branch is somebody else's.
  if (baseOid !== undefined) {
    const used = (await listWorktrees(repo)).some((entry) => entry.branch === branch);
    const changes: RefChange[] = [{ verb: "delete", ref: base, oid: baseOid }];
    if (refs.get(head) === oid && !used) changes.unshift({ verb: "delete", ref: head, oid });
    const message = "agent-foreman: take back";
    const result = await updateRefs(repo, message, changes);
    if (result.exitCode !== 0) throw new GitError(["update-ref", "--stdin"], result);
  }
  for (const [ref, stop] of [
    [head, "refs/heads"],
    [base, "refs"],
    [`logs/${head}`, "logs/refs/heads"],
  ] as const)
    await removeEmptyUp(path.dirname(path.join(repo.commonDir, ref)), path.join(repo.commonDir, stop));
}

/** Removes empty folders from `dir` upwards, below `stop` only. */
async function removeEmptyUp(dir: string, stop: string): Promise<void> {
  for (let at = dir; at !== stop && within(at, stop); at = path.dirname(at)) {
    try {
      await rmdir(at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") return;
    }
  }
}
