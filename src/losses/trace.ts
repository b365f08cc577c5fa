import type { FilePatch, Hunk } from "../git/patch";
import type { Oid } from "../model/worktree";

/** What one landing did to one file, and what the target still has of it. */
export interface Step {
  readonly landing: Oid;
  readonly patch: FilePatch;
  readonly places: readonly Place[];
}

/** One place that a landing changed. */
export interface Place {
  readonly hunk: Hunk;
  /** The target's line that the place is at now, or was closest to. */
  readonly at: number;
  /** Line in the target's file → its text, for every line that the landing brought here and that still stands. */
  readonly stands: ReadonlyMap<number, string>;
}

interface Span {
  /** First line in the target's file, first line in the version under the eye, and how many. */
  readonly target: number;
  readonly here: number;
  readonly count: number;
}

/**
 * Walks the landings that touched `path` from the newest back, as blame would, but only as far as they were read.
 * `patches` are oid → what that landing did, newest first.
 */
export function trace(path: string, patches: ReadonlyMap<Oid, readonly FilePatch[]>): Step[] {
  const steps: Step[] = [];
  let name = path;
  // The end of the file need not be known: no hunk lies beyond it.
  let spans: Span[] = [{ target: 1, here: 1, count: Number.MAX_SAFE_INTEGER / 4 }];
  for (const [landing, files] of patches) {
    const patch = files.find((file) => file.newPath === name && file.status !== "deleted");
    if (!patch) continue;
    const [places, before] = patch.status === "added" ? takeAll(patch, spans) : stepBack(patch, spans);
    steps.push({ landing, patch, places });
    if (patch.status === "added" || patch.status === "copied") break;
    spans = before;
    name = patch.oldPath;
  }
  return steps;
}

function takeAll(patch: FilePatch, spans: readonly Span[]): [Place[], Span[]] {
  const hunk = patch.hunks[0];
  if (!hunk) return [[], []];
  const stands = new Map<number, string>();
  for (const span of spans)
    for (let i = 0; i < span.count && span.here + i <= hunk.added.length; i++)
      stands.set(span.target + i, hunk.added[span.here + i - 1] ?? "");
  return [[{ hunk, at: 1, stands }], []];
}

/** Takes the lines that this patch added out of the spans, and puts the rest where it stood before the patch. */
function stepBack({ hunks }: FilePatch, spans: readonly Span[]): [Place[], Span[]] {
  const places = hunks.map((hunk) => ({
    hunk,
    at: targetLine(spans, first(hunk)),
    stands: new Map<number, string>(),
  }));
  const before: Span[] = [];
  let at = 0;
  let shift = 0;
  for (const span of spans) {
    let { target, here, count } = span;
    while (count > 0) {
      let place = places[at];
      // Places that end before this span only move it.
      while (place && end(place.hunk) <= here) {
        shift += place.hunk.removed.length - place.hunk.added.length;
        place = places[++at];
      }
      const start = place ? first(place.hunk) : Number.POSITIVE_INFINITY;
      const length = Math.min(count, (here < start || !place ? start : end(place.hunk)) - here);
      if (here < start) before.push({ target, here: here + shift, count: length });
      else if (place)
        for (let i = 0; i < length; i++)
          place.stands.set(target + i, place.hunk.added[here + i - start] ?? "");
      target += length;
      here += length;
      count -= length;
    }
  }
  return [places, before];
}

/** Where a line of the version under the eye stands in the target; of one that is gone, where the one above it does. */
function targetLine(spans: readonly Span[], line: number): number {
  let above = 1;
  for (const { target, here, count } of spans) {
    if (here > line) break;
    above = target + Math.min(line - here, count);
  }
  return above;
}

/** The first new line of a hunk; one that adds nothing stands between two lines and is reported at the upper one. */
function first(hunk: Hunk): number {
  return hunk.added.length === 0 ? hunk.newStart + 1 : hunk.newStart;
}

function end(hunk: Hunk): number {
  return first(hunk) + hunk.added.length;
}
