import type { Oid } from "../model/worktree";
import { mergeTrees } from "./mergeTrees";
import { placeName, type Scratch } from "./scratch";

/** A file as two branches found it, and as each of them left it. */
export interface BlobMerge {
  readonly base: Oid;
  readonly ours: Oid;
  readonly theirs: Oid;
}

const atOnce = 1_000;

/**
 * Whether each of many files would conflict, told by merges of trees of our own that hold many of them at once. Null: git
 * could not try it.
 */
export async function mergeBlobs(
  scratch: Scratch,
  merges: readonly BlobMerge[],
  signal?: AbortSignal,
): Promise<(boolean | null)[]> {
  const found: (boolean | null)[] = [];
  for (let start = 0; start < merges.length; start += atOnce) {
    const some = merges.slice(start, start + atOnce);
    const commit = async (blobs: readonly Oid[], parents: readonly Oid[]): Promise<Oid> =>
      scratch.commit(await scratch.tree(blobs), parents);
    const base = await commit(
      some.map((merge) => merge.base),
      [],
    );
    const [ours, theirs] = await Promise.all([
      commit(
        some.map((merge) => merge.ours),
        [base],
      ),
      commit(
        some.map((merge) => merge.theirs),
        [base],
      ),
    ]);
    const [merged] = await mergeTrees(scratch, [{ ours, theirs }], { signal });
    const conflicts = merged && new Set(merged.conflicts);
    found.push(...some.map((_, place) => conflicts?.has(placeName(place)) ?? null));
  }
  return found;
}
