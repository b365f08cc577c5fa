import { findAdminDir, lockIn, middleOf, pointsTo } from "../git/adminDir";
import type { Repo } from "../git/repo";
import { listWorktrees } from "../git/worktreeList";
import type { MergedPull } from "../model/pull";
import type { WorktreeEntry } from "../model/worktree";
import { type Contents, readContents } from "./contents";
import { onOtherDisk } from "./ignoredFolders";
import { isInside, lastingOccupants } from "./occupants";
import { presenceOf } from "./presence";
import { surveyCommits } from "./removalCommits";
import type { RemovalFacts } from "./removalPlan";

/** The facts to decide on, and what carrying it out needs besides. */
export interface Survey {
  readonly facts: RemovalFacts;
  /** Empty for the main worktree, which has none. */
  readonly adminDir: string;
  /** Null when the folder is missing, or git cannot tell. */
  readonly contents: Contents | null;
}

/** What the caller knows and the repo does not tell. */
export interface Known {
  /** Who works there, in words: an agent's session, an editor's window. */
  readonly inUse?: string;
  /** Merged pull requests: evidence where the content was edited on the way in. */
  readonly pulls?: readonly MergedPull[];
  readonly signal?: AbortSignal;
}

/** Looks at one worktree; null when git has none at that path. */
export async function surveyWorktree(repo: Repo, worktree: string, known: Known): Promise<Survey | null> {
  const entries = await listWorktrees(repo);
  const listed = entries.find(({ path }) => path === worktree);
  if (!listed) return null;
  const mainFolder = entries[0]?.path ?? repo.dir;
  const adminDir = await findAdminDir(repo.commonDir, listed.path);
  const presence = await presenceOf(listed.path);
  const there = presence === "there";
  const ours = adminDir !== null && there && (await pointsTo(listed.path, adminDir));
  const contents = ours ? await readContents({ folder: listed.path, adminDir }, mainFolder) : null;
  const entry: WorktreeEntry = {
    ...listed,
    // Younger than the list: an agent may have committed or switched meanwhile.
    ...(contents ? { head: contents.changes.head, branch: contents.changes.branch } : {}),
    missing: presence === "missing" || presence === "out-of-reach",
  };
  const [commits, middle, gitLock, occupants] = await Promise.all([
    surveyCommits(repo, entry, entries, known),
    adminDir === null ? null : middleOf(adminDir),
    adminDir === null ? null : lockIn(adminDir),
    there && !entry.isMain ? lastingOccupants(listed.path) : [],
  ]);
  const facts = {
    entry,
    current: repo.top !== null && isInside(entry.path, repo.top),
    presence,
    dirt: contents?.changes.dirt ?? null,
    dirtyFiles: contents?.changes.paths.map(({ path }) => path) ?? [],
    unkeepable: contents?.unkeepable ?? [],
    unsearched: contents?.unsearched ?? [],
    onOtherDisk: contents
      ? await onOtherDisk(listed.path, contents.files.filter(isFolder), repo.commonDir)
      : [],
    middleOf: middle,
    gitLock,
    occupants,
    inUse: known.inUse ?? null,
    inside: entries
      .map(({ path }) => path)
      .filter((other) => other !== entry.path && isInside(entry.path, other)),
    ...commits,
  };
  return { facts, adminDir: adminDir ?? "", contents };
}

function isFolder(name: string): boolean {
  return name.endsWith("/");
}
