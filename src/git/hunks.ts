import type { Oid } from "../model/worktree";
import { GitError, run } from "./run";
import type { Scratch } from "./scratch";

/** Lines that differ, as git counts them: 1-based; with a count of 0, `start` is the line before the place. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
}

/** Where two text blobs differ; null when git sees one of them as binary. */
export async function readHunks(
  scratch: Scratch,
  from: Oid,
  to: Oid,
  signal?: AbortSignal,
): Promise<Hunk[] | null> {
  if (from === to) return [];
  const options = [
    "--unified=0",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--diff-algorithm=histogram",
  ];
  const args = ["--git-dir=.", "diff", ...options, from, to];
  const { dir } = await scratch.open();
  const result = await run(dir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, result);
  return parseHunks(result.stdout);
}

/** Parses the hunk lines of `git diff --unified=0`: `@@ -12 +13,4 @@ …`; a count that is left out is 1. */
export function parseHunks(text: string): Hunk[] | null {
  const hunks = [...text.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map((hit) => ({
    oldStart: Number(hit[1]),
    oldCount: Number(hit[2] ?? 1),
    newStart: Number(hit[3]),
    newCount: Number(hit[4] ?? 1),
  }));
  return hunks.length === 0 ? null : hunks;
}
