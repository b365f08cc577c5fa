import { telling, weight } from "../text";
import { align } from "./align";

/** A place in a text where lines of the target's file are missing. */
export interface Gap {
  /** They belong before this line; 0-based. */
  readonly at: number;
  /** The lines from `at` up to this one stand where they stood. */
  readonly until: number;
  /** Line numbers in the target's file; 1-based, rising. Empty where the target's text is not known. */
  readonly lines: readonly number[];
}

/** The numbers of `[[3, 5], [9, 9]]`: 3, 4, 5, 9. */
export function numbers(ranges: readonly (readonly [number, number])[]): number[] {
  return ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
}

/**
 * Where those lines of the target's file are missing in a text, from top to bottom. Lines that stand there again are no
 * gap, and neither are braces and blank lines alone where more than those was gone.
 */
export function findGaps(target: readonly string[], now: readonly string[], gone: readonly number[]): Gap[] {
  const matched = align(target, now);
  const next = nextMatches(matched, now.length);
  const wanted = new Set(gone);
  const gaps: { at: number; until: number; lines: number[] }[] = [];
  let at = 0;
  for (const [index, place] of matched.entries()) {
    if (place >= 0) {
      at = place + 1;
      continue;
    }
    if (!wanted.has(index + 1)) continue;
    const open = gaps.at(-1);
    if (open?.at === at) open.lines.push(index + 1);
    else gaps.push({ at, until: next[index] ?? at, lines: [index + 1] });
  }
  const tells = (line: number) => weight(target[line - 1] ?? "") >= telling;
  const slight = !gone.some(tells);
  return gaps.filter(({ lines }) => slight || lines.some(tells));
}

/** For each line, where the next line that is still there stands. */
function nextMatches(matched: readonly number[], end: number): number[] {
  const next: number[] = [];
  let seen = end;
  for (let i = matched.length - 1; i >= 0; i--) {
    const place = matched[i] ?? -1;
    if (place >= 0) seen = place;
    next[i] = seen;
  }
  return next;
}
