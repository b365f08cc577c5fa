import type { Oid } from "../model/worktree";
import { askDiffTree } from "./diffServer";
import { patchFlags, readPatch } from "./patch";
import { unquote } from "./quoted";
import type { Repo } from "./repo";

/** What the plain difference of two trees shows, as far as it was read. Paths are bytes held as latin1 text. */
export interface TwoDot {
  /** Paths that only the second has. */
  readonly created: readonly string[];
  /** Paths that only the first has. */
  readonly deleted: readonly string[];
  /** Lines that the second lacks, by the first one's path; a binary file that differs counts 1. */
  readonly removed: ReadonlyMap<string, number>;
  /** Whether that is all: of a difference larger than `mostBytes` only the beginning was read. */
  readonly complete: boolean;
}

const mostBytes = 16 << 10;

/**
 * Two trees may be years apart, so only the beginning of what git has to say is waited for.
 *
 *      create mode 100644 src/new.ts
 *      delete mode 100644 src/gone.ts
 *
 *     diff --git a/src/a.ts b/src/a.ts
 *     …
 */
export async function readTwoDot(repo: Repo, before: Oid, after: Oid, signal?: AbortSignal): Promise<TwoDot> {
  const args = [
    ...["-c", "core.quotePath=false", "-c", "core.bigFileThreshold=4m", "diff-tree", "--stdin"],
    // Telling moves apart from deletions takes longer than all else where many files came and went.
    ...["-r", ...patchFlags, "--summary", "-l50"],
  ];
  const answer = await askDiffTree(repo, args, [before, after], { signal, mostBytes });
  const complete = answer.length < mostBytes;
  const text = answer.toString("latin1");
  const first = `\n${text}`.indexOf("\ndiff --git ");
  const start = first === -1 ? text.length : first;
  const summary = text.slice(0, start).split("\n");
  const { files } = readPatch(text, start);
  const whole = complete ? files : files.slice(0, -1);
  const removed = new Map<string, number>();
  for (const { status, oldPath, binary, hunks } of whole)
    if (status !== "added" && status !== "copied")
      removed.set(oldPath, binary ? 1 : hunks.reduce((sum, hunk) => sum + hunk.removed.length, 0));
  const moved = whole.filter(({ status }) => status === "renamed");
  return {
    created: [...named(summary, "create"), ...moved.map(({ newPath }) => newPath)],
    deleted: [...named(summary, "delete"), ...moved.map(({ oldPath }) => oldPath)],
    removed,
    complete,
  };
}

function named(summary: readonly string[], word: "create" | "delete"): string[] {
  const start = ` ${word} mode `;
  return summary.flatMap((line) => (line.startsWith(start) ? [unquote(line.slice(start.length + 7))] : []));
}
