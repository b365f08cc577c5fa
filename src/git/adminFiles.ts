import { readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { run, runOk } from "./run";

/** A linked worktree's administrative folder, `<commonDir>/worktrees/<name>`, as git would be able to use it. */
export interface AdminState {
  /** The content of HEAD; null while there is none. */
  readonly head: string | null;
  /** Git's checkout ended: an index is there and git no longer holds the worktree locked for itself. */
  readonly complete: boolean;
}

async function text(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch(() => null);
}

export async function readAdmin(admin: string): Promise<AdminState> {
  const [head, locked, index, indexLock] = await Promise.all([
    text(path.join(admin, "HEAD")),
    text(path.join(admin, "locked")),
    stat(path.join(admin, "index")).catch(() => null),
    stat(path.join(admin, "index.lock")).catch(() => null),
  ]);
  const complete = head !== null && index !== null && indexLock === null && locked?.trim() !== "initializing";
  return { head: head?.trim() ?? null, complete };
}

/** Whether anything is staged in a worktree beyond the commit. */
export async function hasStaged(folder: string, oid: string): Promise<boolean> {
  return (await run(folder, ["diff-index", "--cached", "--quiet", oid, "--"])).exitCode !== 0;
}

/**
 * Makes a working worktree of a folder whose `git worktree add` was killed, without touching a file that is there:
 * git's notes are completed, and only missing files and those named in `rewrite` are checked out.
 */
export async function completeWorktree(
  commonDir: string,
  admin: string,
  folder: string,
  branch: string,
  rewrite: readonly string[],
): Promise<void> {
  await writeFile(path.join(admin, "commondir"), "../..\n");
  await writeFile(path.join(admin, "HEAD"), `ref: refs/heads/${branch}\n`);
  await writeFile(path.join(admin, "gitdir"), `${path.join(folder, ".git")}\n`);
  await writeFile(
    path.join(folder, ".git"),
    `gitdir: ${path.join(commonDir, "worktrees", path.basename(admin))}\n`,
  );
  for (const name of ["locked", "index.lock", "HEAD.lock"]) await rm(path.join(admin, name), { force: true });
  await runOk(folder, ["read-tree", "HEAD"]);
  // Exit code 1 only says that files were there already.
  await run(folder, ["checkout-index", "--all", "--quiet"]);
  if (rewrite.length > 0)
    await runOk(folder, ["checkout-index", "--force", "--quiet", "-z", "--stdin"], {
      input: rewrite.join("\0"),
    });
  await run(folder, ["update-index", "-q", "--refresh"]);
}
