import type { Dirt, Oid } from "../model/worktree";
import { type GitOptions, run } from "./run";

/** What `git status` says of one worktree. */
export interface Status {
  readonly head: Oid | null;
  /** Null when detached. */
  readonly branch: string | null;
  readonly dirt: Dirt;
}

/**
 * Reads one worktree's state without taking its index lock; null when git cannot read it (missing folder, broken
 * repo, stopped).
 */
export async function readStatus(path: string, options?: GitOptions): Promise<Status | null> {
  const args = ["--no-optional-locks", "status", "--porcelain=v2", "--branch", "--no-ahead-behind", "-z"];
  try {
    const result = await run(path, args, options);
    return result.exitCode === 0 ? parseStatus(result.stdout) : null;
  } catch {
    return null; // no folder to run git in
  }
}

/**
 * Parses `git status --porcelain=v2 --branch -z` (records end in NUL; a rename's old name is a record of its own):
 *
 *     # branch.oid 5c0ffee…
 *     # branch.head agent/csv
 *     1 .M N... 100644 100644 100644 <oid> <oid> src/a.ts
 *     2 R. N... 100644 100644 100644 <oid> <oid> R100 src/new.ts
 *     src/old.ts
 *     u UU N... 100644 100644 100644 100644 <oid> <oid> <oid> both.ts
 *     ? notes.txt
 */
export function parseStatus(text: string): Status {
  let head: Oid | null = null;
  let branch: string | null = null;
  const dirt = { staged: 0, changed: 0, untracked: 0, conflicted: 0 };
  const records = text.split("\0");
  for (let i = 0; i < records.length; i++) {
    const record = records[i] ?? "";
    const kind = record[0];
    if (record.startsWith("# branch.oid ")) head = record.endsWith("(initial)") ? null : record.slice(13);
    else if (record.startsWith("# branch.head "))
      branch = record === "# branch.head (detached)" ? null : record.slice(14);
    else if (kind === "?") dirt.untracked++;
    else if (kind === "u") dirt.conflicted++;
    else if (kind === "1" || kind === "2") {
      if (record[2] !== ".") dirt.staged++;
      if (record[3] !== ".") dirt.changed++;
      if (kind === "2") i++;
    }
  }
  return { head, branch, dirt };
}
