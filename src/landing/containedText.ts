import type { Hunk } from "../git/hunks";

/** What a change did to a file, and how the file that it gave stands to that of a landing. */
export interface FileComparison {
  /** Lines of the file before and after the change, and in the landing. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly landed: readonly string[];
  /** before → after, after → landing, after → the landing's parent (null: no such file there). */
  readonly change: readonly Hunk[];
  readonly toLanded: readonly Hunk[];
  readonly toParent: readonly Hunk[] | null;
}

/**
 * Whether the landing has all that the change added, in its place: each added stretch with the line above and below
 * it is kept on the way from the branch's file to the landing's, and what the change took away is gone.
 */
export function isContained({ before, after, landed, change, toLanded }: FileComparison): boolean {
  const inPlace = change.every(({ newStart, newCount }) => {
    const first = newCount === 0 ? newStart : newStart - 1;
    const last = newCount === 0 ? newStart + 1 : newStart + newCount;
    return !toLanded.some((hunk) => overlaps(hunk, first, last));
  });
  const allowed = countsOf(after);
  const there = countsOf(landed);
  const gone = change
    .flatMap(({ oldStart, oldCount }) => before.slice(oldStart - 1, oldStart - 1 + oldCount))
    .every((line) => line.trim() === "" || (there.get(line) ?? 0) <= (allowed.get(line) ?? 0));
  return inPlace && gone;
}

/** How many lines (not blank) came in with this landing; null when some stretch stood there before. */
export function newWithLanding({ after, change, toParent }: FileComparison): number | null {
  let lines = 0;
  for (const { newStart, newCount } of change) {
    if (newCount === 0) continue;
    if (toParent && !toParent.some((hunk) => overlaps(hunk, newStart, newStart + newCount - 1))) return null;
    lines += after.slice(newStart - 1, newStart - 1 + newCount).filter((line) => line.trim() !== "").length;
  }
  return lines;
}

/** Whether the hunk takes away any of the old lines `first` to `last`. */
function overlaps({ oldStart, oldCount }: Hunk, first: number, last: number): boolean {
  return oldCount > 0 && oldStart <= last && oldStart + oldCount - 1 >= first;
}

function countsOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
