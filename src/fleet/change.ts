import type { Worktree, WorktreeEntry } from "../model/worktree";
import type { Snapshot } from "./snapshot";
import type { SupervisedPull } from "./supervised";

/** What may have changed. Nothing named: everything is looked at again. */
export interface RefreshRequest {
  /** Worktrees whose files changed; each costs one `git status`. */
  readonly paths?: readonly string[];
  /** Branches, remotes or the list of worktrees changed. */
  readonly refs?: boolean;
  /** Agents said something, or may have ended. */
  readonly agents?: boolean;
}

/** Whether all is looked at again. */
export function isAll({ paths, refs, agents }: RefreshRequest): boolean {
  return paths === undefined && !refs && !agents;
}

export interface Change {
  readonly snapshot: Snapshot;
  /** Paths of the worktrees that differ from the snapshot before. */
  readonly changed: readonly string[];
  /** Worktrees came, went or changed their order. */
  readonly structure: boolean;
  /** Pull requests without a worktree differ, or how it stands with GitHub. */
  readonly pulls: boolean;
}

/** What a listener is told when `after` has taken the place of `before`. */
export function changeBetween(before: Snapshot, after: Snapshot): Change {
  const old = new Map(before.worktrees.map((worktree) => [worktree.path, worktree]));
  const now = after.worktrees;
  return {
    snapshot: after,
    changed: now.filter((worktree) => old.get(worktree.path) !== worktree).map(({ path }) => path),
    structure:
      now.length !== before.worktrees.length ||
      now.some((worktree, index) => before.worktrees[index]?.path !== worktree.path),
    pulls: after.pulls !== before.pulls || after.github !== before.github,
  };
}

/** A worktree of which nothing changed stays the same object, so that a change is seen by identity. */
export function keepUnchanged(before: readonly Worktree[], after: readonly Worktree[]): Worktree[] {
  const old = new Map(before.map((worktree) => [worktree.path, worktree]));
  return after.map((worktree) => {
    const known = old.get(worktree.path);
    return known && isSame(known, worktree) ? known : worktree;
  });
}

/** The same for pull requests; where none changed, the same list. */
export function keepPulls(
  before: readonly SupervisedPull[],
  after: readonly SupervisedPull[],
): readonly SupervisedPull[] {
  const old = new Map(before.map((known) => [known.pull.number, known]));
  const kept = after.map((each) => {
    const known = old.get(each.pull.number);
    const same =
      known?.pull === each.pull &&
      known.asOf === each.asOf &&
      known.check === each.check &&
      known.done === each.done &&
      known.overlaps === each.overlaps;
    return known && same ? known : each;
  });
  return kept.length === before.length && kept.every((each, i) => each === before[i]) ? before : kept;
}

/** Answers are objects that are kept as long as they hold, so that identity is enough; what is put together anew is not. */
function isSame(a: Worktree, b: Worktree): boolean {
  if (a === b) return true;
  return (Object.keys(b) as (keyof Worktree)[]).every(
    (key) => a[key] === b[key] || (madeAnew.has(key) && JSON.stringify(a[key]) === JSON.stringify(b[key])),
  );
}

const madeAnew: ReadonlySet<keyof Worktree> = new Set([
  "owner",
  "undecided",
  "run",
  "base",
  "setup",
  "dirt",
  "landed",
  "pull",
  "recovery",
]);

/** The worktrees whose files have to be looked at: those that are named, and those that git lists differently now. */
export function changedEntries(
  before: readonly WorktreeEntry[],
  after: readonly WorktreeEntry[],
  paths: readonly string[] = [],
): WorktreeEntry[] {
  const named = new Set(paths);
  if (before === after) return after.filter(({ path }) => named.has(path));
  const known = new Map(before.map((entry) => [entry.path, JSON.stringify(entry)]));
  return after.filter((entry) => named.has(entry.path) || known.get(entry.path) !== JSON.stringify(entry));
}

/** One request that asks for what both ask for. */
export function mergeRequests(waiting: RefreshRequest, more: RefreshRequest): RefreshRequest {
  if (isAll(waiting) || isAll(more)) return {};
  return {
    paths: [...new Set([...(waiting.paths ?? []), ...(more.paths ?? [])])],
    refs: waiting.refs === true || more.refs === true,
    agents: waiting.agents === true || more.agents === true,
  };
}
