import type { PathChange } from "../git/rawChanges";
import type { RawCommit } from "../git/rawLog";
import type { Oid } from "../model/worktree";

/**
 * The changes of a straight branch to paths that it touched but once, by path; none where it has merges. What both ends
 * merged make of such a file is what picking its one commit makes of it: the same three texts are merged.
 */
export function onlyChanges(own: readonly RawCommit[], head: Oid): Map<string, PathChange> {
  const commits = new Map(own.map((commit) => [commit.oid, commit]));
  const found = new Map<string, PathChange>();
  const again = new Set<string>();
  for (let at = commits.get(head); at; at = commits.get(at.parents[0] ?? "")) {
    if (at.parents.length !== 1) return new Map();
    for (const change of at.changes) {
      if (found.has(change.path)) again.add(change.path);
      found.set(change.path, change);
    }
  }
  for (const path of again) found.delete(path);
  return found;
}
