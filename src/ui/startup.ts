import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { Fleets } from "./fleets";

/**
 * Opens the repos without being asked where one of them has worktrees: what an agent would delete is shown in the
 * editors, also to somebody who has not opened the view. Elsewhere nothing is done.
 */
export async function openWhereAgentsWork(fleets: Fleets): Promise<void> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? [])
    if (uri.scheme === "file" && (await hasWorktrees(uri.fsPath))) return fleets.open();
}

/** Told by git's own folder, without running git. */
async function hasWorktrees(folder: string): Promise<boolean> {
  for (let at = folder; ; at = path.dirname(at)) {
    const dotGit = path.join(at, ".git");
    const found = await stat(dotGit).catch(() => null);
    if (found?.isDirectory())
      return (await readdir(path.join(dotGit, "worktrees")).catch(() => [])).length > 0;
    // A worktree's own `.git` is a file that leads to the repo's.
    if (found) return true;
    if (path.dirname(at) === at) return false;
  }
}
