import type { RecoverDocument } from "../model/recovery";
import type { Ends } from "./lookUp";
import type { RecoveryNote } from "./note";
import type { Prepared, RecoverRequest } from "./prepare";

/** How a recovery stands. */
export interface Recovery {
  readonly document: RecoverDocument;
  /** Nothing is left for a person to do. */
  readonly fine: boolean;
}

type Found = Pick<RecoverDocument, "check" | "worktree">;

/** A plan of which nothing was done, or nothing had to be. */
export function planned(
  { branch: name, newBranch }: Pick<RecoverRequest, "branch" | "newBranch">,
  { branch, onto }: Ends,
  { plan, files, empty }: Prepared,
  found: Found & { state: "planned" | "done" } = { state: "done", worktree: null, check: null },
): Recovery {
  const { commits, conflicts, tree, verified, notes } = plan;
  const loses = found.check !== null && found.check.losses.length + found.check.conflicts.length > 0;
  return {
    fine: conflicts.length === 0 && !loses,
    document: {
      schemaVersion: 1,
      branch: name,
      head: branch.oid,
      onto,
      newBranch,
      worktree: found.worktree,
      commits,
      uncommitted: files,
      state: empty ? "empty" : found.state,
      conflicts,
      resultTree: empty ? null : tree,
      verified,
      check: found.check,
      pushed: false,
      rescueRef: null,
      notes,
    },
  };
}

type Now = Pick<RecoverDocument, "state"> &
  Partial<
    Pick<RecoverDocument, "conflicts" | "resultTree" | "check" | "pushed" | "uncommitted" | "worktree">
  >;

/** A recovery that was begun. */
export function underWay(note: RecoveryNote, now: Now, fine: boolean): Recovery {
  const { request, head, onto, worktree, commits, uncommitted, verified, rescueRef, notes } = note;
  return {
    fine,
    document: {
      schemaVersion: 1,
      branch: request.branch,
      head,
      onto,
      newBranch: request.newBranch,
      worktree,
      commits,
      uncommitted: uncommitted && { files: uncommitted.files, fate: uncommitted.fate },
      conflicts: [],
      resultTree: null,
      verified,
      check: null,
      pushed: false,
      rescueRef,
      notes,
      ...now,
    },
  };
}
