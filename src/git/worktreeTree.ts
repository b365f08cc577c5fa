import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Oid } from "../model/worktree";
import { runOk } from "./run";

/**
 * The tree of a worktree as its files lie on disk, uncommitted and untracked ones included, ignored ones not. Works on a
 * copy of the index: the real one, its lock and the files are left alone. Writes loose objects.
 */
export async function readWorktreeTree(top: string, signal?: AbortSignal): Promise<Oid> {
  const folder = await mkdtemp(path.join(tmpdir(), "agent-foreman-index-"));
  try {
    const index = path.join(folder, "index");
    const real = (await runOk(top, ["rev-parse", "--path-format=absolute", "--git-path", "index"])).trimEnd();
    // Before the first `git add` there is no index; then all files are new.
    await copyFile(real, index).catch(() => undefined);
    const options = { env: { GIT_INDEX_FILE: index }, ...(signal ? { signal } : {}) };
    const quiet = [
      "-c",
      "core.splitIndex=false",
      "-c",
      "core.fsmonitor=false",
      "-c",
      "advice.addEmbeddedRepo=false",
    ];
    await runOk(top, [...quiet, "add", "--all"], options);
    return (await runOk(top, [...quiet, "write-tree"], options)).trim();
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
