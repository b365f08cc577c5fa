import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Oid } from "../model/worktree";
import { type GitOptions, type GitResult, run, runOk } from "./run";

/** Picks a commit in a worktree. Where it conflicts, git leaves there what its own commands and editors go on from. */
export function cherryPick(worktree: string, oid: Oid, options: GitOptions = {}): Promise<GitResult> {
  return run(worktree, ["cherry-pick", oid], options);
}

/** Gives up the pick that waits there, as git's own command does: files and index are as in HEAD again. */
export function skipPick(worktree: string): Promise<GitResult> {
  return run(worktree, ["cherry-pick", "--skip"]);
}

/** Has git forget that a pick waits; files and index stay as they are. */
export async function forgetPick(worktree: string): Promise<void> {
  await runOk(worktree, ["cherry-pick", "--quit"]);
}

/** Commits a pick whose conflicts are settled and staged, with the author and date of what was picked. */
export function commitPick(worktree: string, message: Buffer, options: GitOptions = {}): Promise<GitResult> {
  // Where we are killed before it is written, git must not take it for an empty one.
  const empty = message.length === 0 ? ["--allow-empty-message"] : [];
  const args = ["commit", "--quiet", "--cleanup=verbatim", ...empty, "--file=-"];
  return run(worktree, args, { ...options, input: message });
}

/** The commit whose pick waits in the worktree with this administrative folder; null: none. */
export async function waitingPick(adminDir: string): Promise<Oid | null> {
  const text = await readFile(path.join(adminDir, "CHERRY_PICK_HEAD"), "utf8").catch(() => "");
  return /^[0-9a-f]{40,64}(?=\n)/.exec(text)?.[0] ?? null;
}

/** A path that a merge or pick has not settled. */
export interface Unsettled {
  readonly path: string;
  /** Both sides have a file there, so that their texts can be put together; else one side deleted it. */
  readonly both: boolean;
}

/**
 * What a merge or pick in the worktree has not settled. Parses `git ls-files --unmerged -z`, a record for each side that has
 * the path (1: before, 2: here, 3: there):
 *
 *     100644 5c0ffee… 1⇥src/a.ts␀100644 0ddba11… 2⇥src/a.ts␀
 */
export async function readUnsettled(worktree: string): Promise<Unsettled[]> {
  const text = await runOk(worktree, ["ls-files", "--full-name", "--unmerged", "-z"]);
  const sides = new Map<string, string>();
  for (const record of text.split("\0")) {
    const [entry = "", path] = record.split(/\t(.*)/s);
    if (path !== undefined) sides.set(path, (sides.get(path) ?? "") + entry.slice(-1));
  }
  return [...sides].map(([path, side]) => ({ path, both: side.includes("2") && side.includes("3") }));
}

export async function unsettledPaths(worktree: string): Promise<string[]> {
  return (await readUnsettled(worktree)).map(({ path }) => path);
}
