import path from "node:path";
import { done, type Outcome, refused } from "../model/outcome";
import type { WorktreeEntry } from "../model/worktree";

/**
 * The worktree that a person means: by its folder's path, its branch or its folder's name, in this order.
 * Refused as `no-worktree`, or as `several-worktrees` when a name fits more than one.
 */
export function findWorktree(
  entries: readonly WorktreeEntry[],
  name: string,
  cwd: string,
): Outcome<WorktreeEntry> {
  const ways = [
    (entry: WorktreeEntry) => entry.path === path.resolve(cwd, name),
    (entry: WorktreeEntry) => entry.branch === name,
    (entry: WorktreeEntry) => path.basename(entry.path) === name,
  ];
  for (const fits of ways) {
    const [found, ...others] = entries.filter(fits);
    if (found && others.length === 0) return done(found);
    if (found) {
      return refused(
        "several-worktrees",
        `Several worktrees are called "${name}".`,
        "Give the folder's path.",
      );
    }
  }
  return refused(
    "no-worktree",
    `The repo has no worktree "${name}".`,
    "agent-foreman list shows them all. Nothing was changed.",
  );
}
