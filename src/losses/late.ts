import type { Range } from "../git/range";
import type { Oid } from "../model/worktree";

/** The target's first-parent line, where the branch has been left behind. */
export interface Late {
  /** Landings that the head has not, newest first. */
  readonly landings: readonly { readonly oid: Oid; readonly parents: readonly Oid[] }[];
  /** The newest landing that the head has; null when it has none of that line. */
  readonly newest: Oid | null;
  /** Whether one of them brought in a branch that the head is stacked on: what that one did, the head can undo. */
  readonly stacked: boolean;
}

export function lateLandings(base: Oid, { missing }: Range): Late {
  const landings: { oid: Oid; parents: readonly Oid[] }[] = [];
  let newest: Oid | null = base;
  for (let parents = missing.get(base); newest !== null && parents; ) {
    landings.push({ oid: newest, parents });
    newest = parents[0] ?? null;
    parents = newest === null ? undefined : missing.get(newest);
  }
  return { landings, newest, stacked: landings.some((landing) => isKnown(landing, missing)) };
}

/** Whether the head has what a landing brought in, though perhaps not the merge that landed it. */
export function isKnown(
  { oid, parents }: { readonly oid: Oid; readonly parents: readonly Oid[] },
  missing: Range["missing"],
): boolean {
  return parents.length > 1 ? parents.slice(1).some((parent) => !missing.has(parent)) : !missing.has(oid);
}
