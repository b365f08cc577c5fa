import type { Hunk } from "../git/hunks";

/** A place in a file: from the gap before its first line (0) to a later gap; both the same where nothing lies between. */
type Span = readonly [from: number, to: number];

/** The place in the old file that a hunk replaces. */
function oldSpan({ oldStart, oldCount }: Hunk): Span {
  return oldCount === 0 ? [oldStart, oldStart] : [oldStart - 1, oldStart - 1 + oldCount];
}

function newSpan({ newStart, newCount }: Hunk): Span {
  return newCount === 0 ? [newStart, newStart] : [newStart - 1, newStart - 1 + newCount];
}

/** Lines next to each other touch too: git cannot merge changes that nothing lies between. */
function touch([a, b]: Span, [c, d]: Span): boolean {
  return a <= d && c <= b;
}

/** Where a place of the new file was in the old one; what changed in between counts as a whole. */
function intoOld([from, to]: Span, between: readonly Hunk[]): Span {
  return [gapInOld(from, between, "start"), gapInOld(to, between, "end")];
}

function gapInOld(gap: number, between: readonly Hunk[], side: "start" | "end"): number {
  let shift = 0;
  for (const hunk of between) {
    const [newFrom, newTo] = newSpan(hunk);
    const [oldFrom, oldTo] = oldSpan(hunk);
    if (gap < newFrom) break;
    if (gap === newFrom && newFrom < newTo) return oldFrom;
    if (gap < newTo || (gap === newTo && newFrom === newTo)) return side === "start" ? oldFrom : oldTo;
    shift = oldTo - newTo;
  }
  return gap + shift;
}

/** First and last line of the new file, 1-based; where lines only went, the one above the place. */
export type Range = readonly [first: number, last: number];

/**
 * The lines of each side's new file that both sides change, side by side. `between`: from `b`'s old file to `a`'s old
 * file, where these are not the same.
 */
export function linesOfBoth(
  a: readonly Hunk[],
  b: readonly Hunk[],
  between: readonly Hunk[],
): { readonly a: Range[]; readonly b: Range[] } {
  const spans = a.map((hunk) => intoOld(oldSpan(hunk), between));
  const others = b.map(oldSpan);
  return {
    a: a.filter((_, i) => others.some((other) => touch(spans[i] ?? [0, 0], other))).map(rangeOf),
    b: b.filter((_, i) => spans.some((span) => touch(span, others[i] ?? [0, 0]))).map(rangeOf),
  };
}

function rangeOf({ newStart, newCount }: Hunk): Range {
  return newCount === 0
    ? [Math.max(1, newStart), Math.max(1, newStart)]
    : [newStart, newStart + newCount - 1];
}
