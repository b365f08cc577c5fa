import type { Oid } from "../model/worktree";
import type { Hunk } from "./hunks";
import { readPatch } from "./patch";
import { GitError, runBytes } from "./run";
import { placeName, type Scratch } from "./scratch";

export interface BlobPair {
  readonly from: Oid;
  readonly to: Oid;
}

// A larger file is compared as a whole: its lines would have to be in memory at once.
const bigFile = "4m";
const atOnce = 500;

/**
 * Where the files of many pairs differ, line for line and as a merge sees it; null where git sees one of them as
 * binary. The pairs are put into two trees of our own, so that one git process answers for all.
 */
export async function readBlobHunks(
  scratch: Scratch,
  pairs: readonly BlobPair[],
  signal?: AbortSignal,
): Promise<(Hunk[] | null)[]> {
  const found: (Hunk[] | null)[] = [];
  for (let start = 0; start < pairs.length; start += atOnce)
    found.push(...(await readSome(scratch, pairs.slice(start, start + atOnce), signal)));
  return found;
}

async function readSome(
  scratch: Scratch,
  pairs: readonly BlobPair[],
  signal?: AbortSignal,
): Promise<(Hunk[] | null)[]> {
  const [from, to] = await Promise.all([
    scratch.tree(pairs.map((pair) => pair.from)),
    scratch.tree(pairs.map((pair) => pair.to)),
  ]);
  // A merge knows no indent heuristic, and its lines are what is asked for.
  const options = ["-r", "--no-renames", "--diff-algorithm=histogram", "--no-indent-heuristic"];
  const form = ["--patch", "--unified=0", "--inter-hunk-context=0", "--full-index", "--no-color"];
  const plain = ["--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/"];
  const args = ["--git-dir=.", "-c", `core.bigFileThreshold=${bigFile}`, "diff-tree"];
  args.push(...options, ...form, ...plain, from, to);
  const { dir } = await scratch.open();
  const result = await runBytes(dir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  const patches = new Map(
    readPatch(result.stdout.toString("latin1")).files.map((file) => [file.newPath, file]),
  );
  return pairs.map((_, place) => {
    const patch = patches.get(placeName(place));
    if (!patch) return [];
    return patch.binary
      ? null
      : patch.hunks.map(({ oldStart, newStart, removed, added }) => ({
          oldStart,
          oldCount: removed.length,
          newStart,
          newCount: added.length,
        }));
  });
}
