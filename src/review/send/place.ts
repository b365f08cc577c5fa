import { lstat } from "node:fs/promises";
import path from "node:path";
import { findAdminDir } from "../../git/adminDir";
import { hideFromGit } from "../../git/exclude";
import { isIgnored } from "../../git/ignored";
import type { Repo } from "../../git/repo";
import { readText } from "../../store/atomic";
import { feedbackTitle } from "./feedback";

export const feedbackName = "AGENT_FEEDBACK.md";

/** Where the file for an agent goes, and what an earlier one says. */
export interface FeedbackPlace {
  readonly file: string;
  /** It is in the worktree, under `feedbackName`. */
  readonly inWorktree: boolean;
  readonly before: string | null;
}

/**
 * In the worktree, where agents may read; hidden from git, so that it is never committed. Where the repo has a file of
 * that name, or insists on seeing it, it goes to git's own folder of that worktree instead. The caller holds the lock.
 */
export async function feedbackPlace(repo: Repo, worktree: string): Promise<FeedbackPlace> {
  const file = path.join(worktree, feedbackName);
  const ours = await textOfOurs(file);
  if (ours !== undefined) {
    await hideFromGit(repo, worktree, feedbackName);
    if (await isIgnored(worktree, feedbackName)) return { file, inWorktree: true, before: ours };
  }
  const folder = (await findAdminDir(repo.commonDir, worktree)) ?? repo.commonDir;
  const hidden = path.join(folder, feedbackName);
  return { file: hidden, inWorktree: false, before: await readText(hidden) };
}

/** Null: there is no such file; undefined: it is somebody else's, or no plain file. */
async function textOfOurs(file: string): Promise<string | null | undefined> {
  const found = await lstat(file).catch(() => null);
  if (!found) return null;
  if (!found.isFile() || found.size > 1 << 20) return undefined;
  const text = await readText(file);
  return text?.startsWith(`${feedbackTitle}\n`) ? text : undefined;
}
