import type { WorktreeEntry } from "../model/worktree";
import type { Repo } from "./repo";
import { runOk } from "./run";

/** All worktrees of the repo, the main one first, as git has them on its books, whoever made them. */
export async function listWorktrees(repo: Repo): Promise<WorktreeEntry[]> {
  return parseWorktreeList(await runOk(repo.dir, ["worktree", "list", "--porcelain", "-z"]));
}

/**
 * Parses `git worktree list --porcelain -z`; attributes end in NUL, entries in one more NUL (shown as newlines here):
 *
 *     worktree /work/repo
 *     HEAD 5c0ffee…
 *     branch refs/heads/main
 *
 *     worktree /work/repo.worktrees/csv
 *     HEAD 0ddba11…
 *     detached
 *     locked agent is working
 *     prunable gitdir file points to non-existent location
 */
export function parseWorktreeList(text: string): WorktreeEntry[] {
  return text
    .split("\0\0")
    .filter((block) => block !== "")
    .map((block, index) => {
      const attributes = new Map<string, string>();
      for (const line of block.split("\0")) {
        const space = line.indexOf(" ");
        attributes.set(space < 0 ? line : line.slice(0, space), space < 0 ? "" : line.slice(space + 1));
      }
      const head = attributes.get("HEAD");
      return {
        path: attributes.get("worktree") ?? "",
        head: head === undefined || /^0+$/.test(head) ? null : head,
        branch: attributes.get("branch")?.replace(/^refs\/heads\//, "") ?? null,
        isMain: index === 0,
        bare: attributes.has("bare"),
        lockedBecause: attributes.get("locked") ?? null,
        missing: attributes.has("prunable"),
      };
    });
}
