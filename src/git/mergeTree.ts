import type { Oid } from "../model/worktree";
import { utf8 } from "./quoted";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** What merging would make. `conflicts`: paths that git could not settle; the tree holds them with markers. */
export interface TriedMerge {
  readonly tree: Oid;
  readonly conflicts: readonly string[];
}

/**
 * Merges two commits without touching any file or ref; null when they have no common ancestor.
 * Runs in the git directory, where no worktree's attributes apply: a server knows none of its merge drivers.
 */
export async function tryMerge(
  repo: Repo,
  ours: Oid,
  theirs: Oid,
  signal?: AbortSignal,
): Promise<TriedMerge | null> {
  const args = ["-c", "merge.renames=true", "merge-tree", "--write-tree", "-z", ours, theirs];
  const result = await runBytes(repo.commonDir, args, signal ? { signal } : {});
  const stdout = result.stdout.toString("latin1");
  if (result.exitCode === 128 && stdout === "" && (await noCommonAncestor(repo, ours, theirs))) return null;
  if (result.exitCode !== 0 && result.exitCode !== 1) throw new GitError(args, { ...result, stdout });
  return parse(stdout);
}

async function noCommonAncestor(repo: Repo, ours: Oid, theirs: Oid): Promise<boolean> {
  return (await runBytes(repo.commonDir, ["merge-base", ours, theirs])).exitCode === 1;
}

/** `<tree>\0<mode> <oid> <stage>\t<path>\0 … \0<messages>`: the list ends with an empty entry. */
function parse(stdout: string): TriedMerge {
  const [tree = "", ...entries] = stdout.split("\0");
  const paths = new Set<string>();
  for (const entry of entries) {
    const tab = entry.indexOf("\t");
    if (tab === -1) break;
    paths.add(entry.slice(tab + 1));
  }
  return { tree, conflicts: [...paths] };
}

/** A conflict's path as a person reads it. */
export const shownPath = utf8;
