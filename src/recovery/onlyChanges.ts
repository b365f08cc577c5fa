import type { PathChange } from "../git/rawChanges";
import type { RawCommit } from "../git/rawLog";
import type { Oid } from "../model/worktree";

type Commit = Pick<RawCommit, "oid" | "parents" | "changes">;

/** A branch without merges. */
export interface Straight {
  /** Newest first. */
  readonly commits: readonly Commit[];
  /** Where it left what the target has. */
  readonly fork: Oid;
}

/** Null: the branch has merges, none of its own commits, or a beginning that is not here. */
export function straight(own: readonly Commit[], head: Oid): Straight | null {
  const known = new Map(own.map((commit) => [commit.oid, commit]));
  const commits: Commit[] = [];
  let fork = head;
  for (let at = known.get(head); at; at = known.get(fork)) {
    const [parent, ...more] = at.parents;
    if (parent === undefined || more.length > 0) return null;
    commits.push(at);
    fork = parent;
  }
  return commits.length > 0 ? { commits, fork } : null;
}

/**
 * The changes of a straight branch to paths that it touched but once, by path. What both ends merged make of such a file
 * is what picking its one commit makes of it: the same three texts are merged.
 */
export function onlyChanges({ commits }: Pick<Straight, "commits">): Map<string, PathChange> {
  const found = new Map<string, PathChange>();
  const again = new Set<string>();
  for (const { changes } of commits)
    for (const change of changes) {
      if (found.has(change.path)) again.add(change.path);
      found.set(change.path, change);
    }
  for (const path of again) found.delete(path);
  return found;
}
