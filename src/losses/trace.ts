import type { FilePatch } from "../git/patch";
import type { Oid } from "../model/worktree";

/** What one landing did to one file, and which of the target's lines still stand as it wrote them. */
export interface Step {
  readonly landing: Oid;
  /** The file's name before and after this landing; equal unless it renamed the file. */
  readonly pathBefore: string;
  readonly patch: FilePatch;
  /** Line in the target's file → its text, for every line that this landing brought and that still stands. */
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
    const stands = new Map<number, string>();
    spans = patch.status === "added" ? takeAll(patch, spans, stands) : stepBack(patch, spans, stands);
    const pathBefore = patch.oldPath;
    steps.push({ landing, pathBefore, patch, stands });
    if (patch.status === "added" || patch.status === "copied") break;
    name = pathBefore;
  }
  return steps;
}

function takeAll(patch: FilePatch, spans: readonly Span[], stands: Map<number, string>): Span[] {
  const text = patch.hunks[0]?.added ?? [];
  for (const span of spans)
    for (let i = 0; i < span.count && span.here + i <= text.length; i++)
      stands.set(span.target + i, text[span.here + i - 1] ?? "");
  return [];
}

/** Takes the lines that this patch added out of the spans, and puts the rest where it stood before the patch. */
function stepBack(patch: FilePatch, spans: readonly Span[], stands: Map<number, string>): Span[] {
  const before: Span[] = [];
  let at = 0;
  let shift = 0;
  const { hunks } = patch;
  for (const span of spans) {
    let { target, here, count } = span;
    while (count > 0) {
      let hunk = hunks[at];
      // Hunks that end before this span only move it.
      while (hunk && hunkEnd(hunk) <= here) {
        shift += hunk.removed.length - hunk.added.length;
        hunk = hunks[++at];
      }
      const first = hunk ? hunkFirst(hunk) : Number.POSITIVE_INFINITY;
      if (here < first) {
        const length = Math.min(count, first - here);
        before.push({ target, here: here + shift, count: length });
        target += length;
        here += length;
        count -= length;
      } else if (hunk) {
        const length = Math.min(count, hunkEnd(hunk) - here);
        for (let i = 0; i < length; i++) stands.set(target + i, hunk.added[here + i - first] ?? "");
        target += length;
        here += length;
        count -= length;
      }
    }
  }
  return before;
}

/** The first new line of a hunk; one that adds nothing stands between two lines and is reported at the upper one. */
function hunkFirst(hunk: { newStart: number; added: readonly string[] }): number {
  return hunk.added.length === 0 ? hunk.newStart + 1 : hunk.newStart;
}

function hunkEnd(hunk: { newStart: number; added: readonly string[] }): number {
  return hunkFirst(hunk) + hunk.added.length;
}
