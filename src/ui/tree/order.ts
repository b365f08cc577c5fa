import { type StaleLimit, worktreeReasons } from "../../fleet/needsYou";
import type { Worktree } from "../../model/worktree";

/**
 * The main worktree first, as everywhere in git; then what a person must decide, then unfinished work, and last what
 * is merged. Inside a group by name, so that rows do not jump about when an agent commits.
 */
export function inOrder(worktrees: readonly Worktree[], limit: StaleLimit): Worktree[] {
  const ranked = worktrees
    .filter((worktree) => !worktree.bare)
    .map((worktree) => ({ worktree, rank: rank(worktree, limit) }));
  ranked.sort(
    (a, b) =>
      a.rank - b.rank ||
      compare(a.worktree.name, b.worktree.name) ||
      compare(a.worktree.path, b.worktree.path),
  );
  return ranked.map(({ worktree }) => worktree);
}

function rank(worktree: Worktree, limit: StaleLimit): number {
  if (worktree.isMain) return 0;
  if (worktreeReasons(worktree, limit).length > 0) return 1;
  return worktree.landed?.state === "landed" ? 3 : 2;
}

let collator: Intl.Collator | undefined;

function compare(a: string, b: string): number {
  // The first one in a process takes longer than all else that activation does.
  collator ??= new Intl.Collator("en", { numeric: true });
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
