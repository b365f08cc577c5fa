import type { Oid } from "../model/worktree";
import { type PathChange, parseChange } from "./rawChanges";
import { GitError, runBytes } from "./run";
import type { Scratch } from "./scratch";

/** Two trees to compare. */
export interface TreePair {
  readonly from: Oid;
  readonly to: Oid;
}

/** A change with the path that the content had before, when it moved. */
export interface DiffEntry extends PathChange {
  readonly movedFrom: string | null;
}

interface Options {
  readonly signal?: AbortSignal | undefined;
  /** Also find files that moved, by their content. */
  readonly renames?: boolean;
}

/** Compares many pairs of trees in one git process. */
export async function diffTrees(
  scratch: Scratch,
  pairs: readonly TreePair[],
  options: Options = {},
): Promise<DiffEntry[][]> {
  const args = [
    "--git-dir=.",
    "diff-tree",
    "--stdin",
    "-r",
    "-z",
    "--raw",
    "--no-abbrev",
    "--ignore-submodules=none",
    options.renames ? "-M" : "--no-renames",
  ];
  const { dir } = await scratch.open();
  const result = await runBytes(dir, args, {
    input: `${pairs.map(({ from, to }) => `${from} ${to}`).join("\n")}\n`,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  const diffs = parseDiffs(result.stdout.toString("latin1"));
  if (diffs.length !== pairs.length)
    throw new Error(`diff-tree answered ${diffs.length} of ${pairs.length} pairs`);
  return diffs;
}

/**
 * Parses `git diff-tree --stdin -z --raw` of pairs of trees; each answer begins with its pair, and a move has two paths:
 *
 *     <from> <to>\n:100644 100644 <old> <new> R090␀<old path>␀<new path>␀:100644 …␀<next from> <next to>\n
 */
export function parseDiffs(text: string): DiffEntry[][] {
  const diffs: DiffEntry[][] = [];
  const pieces = text.split("\0");
  for (let i = 0; i < pieces.length; i++) {
    const lines = (pieces[i] ?? "").split("\n");
    const change = lines.pop() ?? "";
    // A pair whose trees are the same is followed at once by the next pair's line.
    for (const line of lines) if (/^[0-9a-f]{40,64} [0-9a-f]{40,64}$/.test(line)) diffs.push([]);
    if (!change.startsWith(":")) continue;
    const first = pieces[++i] ?? "";
    const moved = /[RC]\d+$/.test(change);
    const path = moved ? (pieces[++i] ?? "") : first;
    diffs.at(-1)?.push({ ...parseChange(change, path), movedFrom: moved ? first : null });
  }
  return diffs;
}
