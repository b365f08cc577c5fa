import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run, runOk } from "./run";

/** One move of a ref. */
export interface RefMove {
  readonly to: Oid;
  /** Null: the ref was made by it. */
  readonly from: Oid | null;
  /** Unix seconds. */
  readonly at: number;
  /** Git's own words, the same in every language: `branch: Created from main`. */
  readonly what: string;
}

// Longer ones are read from their newer end.
const mostBytes = 4 << 20;

/**
 * How a ref (its full name) has moved since it was made, newest first; empty when git keeps no log of it. The older end may be
 * missing: git forgets it after some months.
 */
export async function readReflog(repo: Repo, ref: string): Promise<RefMove[]> {
  const bytes = await readFile(path.join(repo.commonDir, "logs", ref)).catch(() => null);
  if (bytes) return parseReflog(bytes.subarray(-mostBytes).toString("latin1"));
  if (!existsSync(path.join(repo.commonDir, "reftable"))) return [];
  const result = await run(repo.commonDir, [
    "reflog",
    "show",
    "--date=unix",
    "--format=%H%x00%gd%x00%gs",
    ref,
    "--",
  ]);
  return result.exitCode === 0 ? parseShown(result.stdout) : [];
}

/**
 * Parses a log as git keeps it, a line a move, the newest last:
 *
 *     0000… 5c0f… Ann <ann@example.com> 1790000000 +0000⇥branch: Created from main
 */
export function parseReflog(text: string): RefMove[] {
  const moves: RefMove[] = [];
  for (const line of text.split("\n").reverse()) {
    const found = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) .*> (\d+) [+-]\d{4}(?:\t(.*))?$/.exec(line);
    if (!found) continue;
    const [, before = "", to = "", at, what = ""] = found;
    const from = /^0+$/.test(before) ? null : before;
    if (!/^0+$/.test(to)) moves.push({ to, from, at: Number(at), what });
    // What is older is of an earlier ref of that name.
    if (from === null) break;
  }
  return moves;
}

/** Parses `5c0f…␀agent/csv@{1790000000}␀commit: feat: csv` lines, which do not say whether the last one made the ref. */
export function parseShown(text: string): RefMove[] {
  const lines = text.split("\n").flatMap((line) => {
    const [to = "", selector = "", what = ""] = line.split("\0");
    const at = Number(/@\{(\d+)\}$/.exec(selector)?.[1]);
    return to === "" || Number.isNaN(at) ? [] : [{ to, at, what }];
  });
  return lines.map((line, i) => ({
    ...line,
    from: lines[i + 1]?.to ?? (/^branch: Created from /.test(line.what) ? null : line.to),
  }));
}

/** Tells a ref from a later one of that name; null where its beginning is forgotten. */
export function birthOf(moves: readonly RefMove[]): string | null {
  const begun = moves.find(({ from }) => from === null);
  return begun ? `${begun.at} ${begun.to}` : null;
}

/** The same of several refs, each of which is there, in one process; in no order, and without those that have no log. */
export async function readReflogs(repo: Repo, refs: readonly string[]): Promise<Map<string, Set<Oid>>> {
  const heads = new Map<string, Set<Oid>>();
  if (refs.length === 0) return heads;
  const args = ["log", "--walk-reflogs", "--no-show-signature", "--format=%gD%x00%H", ...refs, "--"];
  // refs/heads/agent/csv@{0}NUL5c0ffee…⏎
  for (const line of (await runOk(repo.commonDir, args)).split("\n")) {
    const [, ref, oid] = /^(.+)@\{[^{]*\}\0([0-9a-f]+)$/.exec(line) ?? [];
    if (ref && oid) heads.set(ref, (heads.get(ref) ?? new Set()).add(oid));
  }
  return heads;
}
