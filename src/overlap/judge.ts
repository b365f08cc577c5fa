import type { BlobPair } from "../git/blobHunks";
import type { DiffEntry } from "../git/diffTrees";
import type { Hunk } from "../git/hunks";
import type { BlobMerge } from "../git/mergeBlobs";
import type { Dispute } from "../git/mergeTrees";
import type { TreeEntry } from "../git/rawChanges";
import type { Meeting } from "../model/overlap";
import { linesOfBoth, type Range } from "./lines";
import type { Match, Matches } from "./meet";

/** A file that two branches meet in; paths have one character a byte. */
export interface MetFile {
  readonly a: string;
  readonly b: string;
  readonly meeting: Meeting;
  /** Who deletes or moves. */
  readonly by: "a" | "b" | "both" | null;
  readonly conflict: boolean;
  readonly aRanges: readonly Range[];
  readonly bRanges: readonly Range[];
}

/** What is told of a pair that meets. */
export interface PairAnswer {
  readonly tried: boolean;
  readonly files: readonly MetFile[];
  readonly more: number;
}

/** Where two files differ; null where that has no lines. */
export type HunksOf = (pair: BlobPair) => readonly Hunk[] | null;

/** The files whose lines have to be compared for a match, if any. */
export function textsOf({ a, b, by }: Match): readonly BlobPair[] {
  if (by !== "origin" || !a.old || !b.old || !a.new || !b.new) return [];
  if (![a.old, b.old, a.new, b.new].every(isFile)) return [];
  return [
    { from: a.old.oid, to: a.new.oid },
    { from: b.old.oid, to: b.new.oid },
    { from: b.old.oid, to: a.old.oid },
  ].filter(({ from, to }) => from !== to);
}

/**
 * By path: the merges of the files that two branches meet in, where all of these are plain files that both found alike and
 * edit in place. Whatever else the two do, only these can conflict. Null: the branches have to be merged as a whole.
 */
export function plainMerges({ list, more }: Matches): Map<string, BlobMerge> | null {
  const merges = new Map<string, BlobMerge>();
  for (const { a, b, by } of list) {
    if (by !== "origin" || a.movedFrom !== null || b.movedFrom !== null) return null;
    if (!a.old || !b.old || !a.new || !b.new || a.old.oid !== b.old.oid) return null;
    if (![a.old, a.new, b.old, b.new].every(isFile)) return null;
    if (contentChanged(a) && contentChanged(b))
      merges.set(a.path, { base: a.old.oid, ours: a.new.oid, theirs: b.new.oid });
  }
  return more > 0 ? null : merges;
}

/**
 * What two branches do to each other. `disputes`: those of merging the two that neither side has with the commit that
 * the other started from, because these are the target's doing; null: the merge could not be tried.
 */
export function judge(matches: Matches, disputes: readonly Dispute[] | null, hunksOf: HunksOf): PairAnswer {
  const open = new Set(disputes);
  const files = matches.list.flatMap((match) => {
    const names = new Set([match.a.movedFrom, match.a.path, match.b.movedFrom, match.b.path]);
    const mine = (disputes ?? []).filter((paths) => paths.some((path) => names.has(path)));
    for (const dispute of mine) open.delete(dispute);
    return match.by === "place" && mine.length === 0 ? [] : [metFile(match, mine.length > 0, hunksOf)];
  });
  // Of what was left out for want of room no more is known than that.
  const rest = matches.more > 0 ? ("lines" as const) : ("place" as const);
  for (const path of new Set([...open].map((paths) => paths.at(-1) ?? "")))
    files.push(bare(path, path, rest, true));
  files.sort((one, other) => rank(one) - rank(other) || (one.a < other.a ? -1 : 1));
  return {
    tried: disputes !== null,
    files: files.slice(0, mostFiles),
    more: Math.max(0, files.length - mostFiles) + matches.more,
  };
}

// More than a person will read of one pair.
const mostFiles = 50;

const order: readonly Meeting[] = ["lines", "whole", "deleted", "added", "place", "moved", "apart"];

function rank({ conflict, meeting }: MetFile): number {
  return (conflict ? 0 : order.length) + order.indexOf(meeting);
}

function metFile(match: Match, conflict: boolean, hunksOf: HunksOf): MetFile {
  const { a, b, by } = match;
  if (by !== "origin") return bare(a.path, b.path, by === "place" ? "place" : "added", conflict);
  if (!a.new || !b.new) return { ...bare(a.path, b.path, "deleted", conflict), by: a.new ? "b" : "a" };
  const met = changesMet(match, hunksOf);
  const moved = (a.movedFrom === null ? 0 : 1) + (b.movedFrom === null ? 0 : 2);
  if (moved > 0 && met.meeting === "apart") {
    const mover = moved === 3 ? ("both" as const) : moved === 1 ? ("a" as const) : ("b" as const);
    return { ...bare(a.path, b.path, "moved", conflict), by: mover };
  }
  return { ...bare(a.path, b.path, met.meeting, conflict), aRanges: met.a, bRanges: met.b };
}

function changesMet(
  match: Match,
  hunksOf: HunksOf,
): { meeting: "lines" | "apart" | "whole"; a: readonly Range[]; b: readonly Range[] } {
  const { a, b } = match;
  const none = { a: [], b: [] };
  // A side that only moves the file, or only changes its mode, meets nobody's content.
  if (!contentChanged(a) || !contentChanged(b)) return { meeting: "apart", ...none };
  if (textsOf(match).length === 0) return { meeting: "whole", ...none };
  const [mine, others, between] = [hunksIn(a, hunksOf), hunksIn(b, hunksOf), hunksBetween(match, hunksOf)];
  if (!mine || !others || !between) return { meeting: "whole", ...none };
  const lines = linesOfBoth(mine, others, between);
  return { meeting: lines.a.length > 0 ? "lines" : "apart", ...lines };
}

function contentChanged(change: DiffEntry): boolean {
  return change.old?.oid !== change.new?.oid;
}

function hunksIn({ old, new: entry }: DiffEntry, hunksOf: HunksOf): readonly Hunk[] | null {
  return old && entry ? hunksOf({ from: old.oid, to: entry.oid }) : null;
}

function hunksBetween({ a, b }: Match, hunksOf: HunksOf): readonly Hunk[] | null {
  if (!a.old || !b.old) return null;
  return a.old.oid === b.old.oid ? [] : hunksOf({ from: b.old.oid, to: a.old.oid });
}

function isFile({ mode }: TreeEntry): boolean {
  return mode.startsWith("100");
}

function bare(a: string, b: string, meeting: Meeting, conflict: boolean): MetFile {
  return { a, b, meeting, by: null, conflict, aRanges: [], bRanges: [] };
}
