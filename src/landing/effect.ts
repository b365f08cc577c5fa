import { type PathChange, sameEntry } from "../git/rawChanges";
import type { Oid } from "../model/worktree";

/**
 * What somebody did, as something that can be tried out on any commit: the way from one tree to another, or all that
 * a commit has of its own where merges of the target lie between and git itself must find what that is.
 */
export type Effect = { readonly changes: readonly PathChange[] } & (
  | { readonly kind: "trees"; readonly from: Oid; readonly to: Oid }
  /** `after`: a commit before `tip` whose content is known to have landed already. */
  | { readonly kind: "history"; readonly tip: Oid; readonly after: Oid | null }
);

export function treesEffect(from: Oid, to: Oid, changes: readonly PathChange[]): Effect & { kind: "trees" } {
  return { kind: "trees", from, to, changes };
}

/** Taking it back. */
export function reversed(effect: Effect & { kind: "trees" }): Effect {
  const changes = effect.changes.map((change) => ({ path: change.path, old: change.new, new: change.old }));
  return treesEffect(effect.to, effect.from, changes);
}

/** The changes of several commits in a row as one: what comes back to what it was is no change. */
export function netChanges(inOrder: Iterable<readonly PathChange[]>): PathChange[] {
  const net = new Map<string, PathChange>();
  for (const changes of inOrder) {
    for (const change of changes) {
      const before = net.get(change.path);
      net.set(change.path, before ? { ...change, old: before.old } : change);
    }
  }
  return [...net.values()].filter(({ old, new: entry }) => !sameEntry(old, entry));
}
