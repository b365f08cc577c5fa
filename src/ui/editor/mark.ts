import type { Deletion } from "../../model/check";
import type { Oid, Worktree } from "../../model/worktree";

/** Something that one worktree would take away from the target, to be shown where it is missing. */
export interface Mark {
  readonly worktree: Pick<Worktree, "path" | "name" | "branch">;
  readonly base: { readonly ref: string; readonly oid: Oid };
  readonly deletion: Deletion;
  /** A loss; else a question, which only a person can answer. */
  readonly isLoss: boolean;
}

/** All that there is to show of a worktree, losses first. */
export function marksOf({ check, path, name, branch, missing }: Worktree): Mark[] {
  if (!check || missing) return [];
  const mark = (isLoss: boolean) => (deletion: Deletion) => ({
    worktree: { path, name, branch },
    base: check.base,
    deletion,
    isLoss,
  });
  return [...check.losses.map(mark(true)), ...check.questions.map(mark(false))];
}

/** The file of the worktree that it is shown in, relative to its folder; null where there is none any more. */
export function shownPath({ deletion }: Mark): string | null {
  return deletion.headPath !== null && isPlain(deletion.headPath) ? deletion.headPath : null;
}

/** Whether a path from a commit stays inside the folder that it is put below. */
export function isPlain(path: string): boolean {
  const parts = path.split(/[\\/]/);
  return !/^[A-Za-z]:/.test(path) && parts.every((part) => part !== "" && part !== "." && part !== "..");
}

/** Whether the file stays, with lines missing in it. */
export function hasParts({ kind }: Deletion): boolean {
  return kind === "lines" || kind === "resurrected-old-version";
}

/** Whether lines are what would go, so that each has its place. */
export function hasLines({ deletion }: Mark): boolean {
  return deletion.lines > 0 && (hasParts(deletion) || deletion.kind === "file");
}
