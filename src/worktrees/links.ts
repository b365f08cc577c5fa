import { mkdir, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { hideFromGit } from "../git/exclude";
import { isIgnoredFolder } from "../git/ignored";
import type { Repo } from "../git/repo";
import { linkedDirectories } from "./claudeSettings";
import { exists, liesInside, placeInside } from "./inside";

/** What was done with the folders that worktrees share. Paths are relative, as the settings name them. */
export interface Linked {
  readonly linked: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

/**
 * Links the folders that Claude Code's `worktree.symlinkDirectories` names from the main worktree into a new one.
 * The settings belong to the repo, so nothing outside of the main worktree is ever linked to.
 */
export async function linkDirectories(repo: Repo, to: string): Promise<Linked> {
  const linked: string[] = [];
  const skipped: { path: string; why: string }[] = [];
  if (repo.bare) return { linked, skipped };
  const settings = await linkedDirectories(repo.dir);
  skipped.push(...settings.skipped);
  for (const relative of settings.folders) {
    const source = await placeInside(repo.dir, relative);
    const target = await placeInside(to, relative);
    if (source === null || target === null || !(await isFolderInside(repo.dir, source))) {
      skipped.push({ path: relative, why: "it is not a folder inside the main worktree" });
    } else if (await exists(target)) {
      skipped.push({ path: relative, why: "the new worktree has it already" });
    } else if (!(await isIgnoredFolder(repo.dir, relative)) || !(await isIgnoredFolder(to, relative))) {
      // Hiding the link would hide the folder of that name in every worktree.
      skipped.push({ path: relative, why: "git does not ignore that folder" });
    } else {
      await mkdir(path.dirname(target), { recursive: true });
      // A junction needs no special right on Windows; elsewhere the type is ignored.
      await symlink(source, target, "junction");
      linked.push(relative);
    }
  }
  return { linked, skipped };
}

async function isFolderInside(top: string, folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null);
  return found?.isDirectory() === true && (await liesInside(top, folder));
}

/**
 * `node_modules/` in .gitignore means folders and not links, so an agent would commit the link with its next
 * `git add -A`. Git's own exclude file, which is never committed, says it without the slash. The caller holds the
 * repo's lock, and only ignored folders were linked.
 */
export async function hideLinks(repo: Repo, top: string, linked: readonly string[]): Promise<void> {
  for (const relative of linked) await hideFromGit(repo, top, relative);
}
