import type { Oid } from "../model/worktree";
import { type PathChange, parseRawLog, rawLogOptions } from "./rawChanges";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** All that some commits did to paths, against their first parents; a moved file is one that goes and one that comes. */
export async function readLandedPaths(
  repo: Repo,
  oids: readonly Oid[],
  signal?: AbortSignal,
): Promise<Map<Oid, readonly PathChange[]>> {
  const found = new Map<Oid, readonly PathChange[]>();
  const asked = oids.filter((oid) => {
    const known = recall(repo, oid);
    if (known) found.set(oid, known);
    return !known;
  });
  if (asked.length === 0) return found;
  const which = ["--no-walk=unsorted", "--stdin"];
  for (const [oid, changes] of await readPaths(repo, which, `${asked.join("\n")}\n`, signal))
    found.set(oid, changes);
  return found;
}

/** The same of all landings on a first-parent line from `tip` down to where `without`'s history begins. */
export function readLandedPathsBetween(
  repo: Repo,
  tip: Oid,
  without: string,
  signal?: AbortSignal,
): Promise<Map<Oid, readonly PathChange[]>> {
  return readPaths(repo, ["--first-parent", "--ignore-missing", tip, `^${without}`], null, signal);
}

async function readPaths(
  repo: Repo,
  which: readonly string[],
  input: string | null,
  signal: AbortSignal | undefined,
): Promise<Map<Oid, readonly PathChange[]>> {
  const args = ["log", ...rawLogOptions, "--diff-merges=first-parent", "--format=%x01%H", ...which];
  const options = { ...(input === null ? {} : { input }), ...(signal ? { signal } : {}) };
  const result = await runBytes(repo.commonDir, args, options);
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  const records = parseRawLog(result.stdout.toString("latin1"));
  for (const { header, changes } of records) keep(repo, header, changes);
  return new Map(records.map(({ header, changes }) => [header, changes]));
}

// What a commit did never changes, and all branches are set against the same landings.
const kept = new Map<string, readonly PathChange[]>();
/** As many changes are kept in all, some megabytes. */
const mostKept = 20_000;
let keptChanges = 0;

function keyOf({ commonDir }: Repo, oid: Oid): string {
  return `${oid} ${commonDir}`;
}

function recall(repo: Repo, oid: Oid): readonly PathChange[] | undefined {
  const key = keyOf(repo, oid);
  const changes = kept.get(key);
  if (!changes) return undefined;
  // Asked for lately, kept longest.
  kept.delete(key);
  kept.set(key, changes);
  return changes;
}

function keep(repo: Repo, oid: Oid, changes: readonly PathChange[]): void {
  // Where a shallow history ends all files seem to be new; that changes when it is deepened.
  const seemsFirst = changes.every(({ old }) => old === null);
  if (seemsFirst || changes.length > mostKept / 10 || kept.has(keyOf(repo, oid))) return;
  kept.set(keyOf(repo, oid), changes);
  keptChanges += changes.length;
  for (const [key, oldest] of kept) {
    if (keptChanges <= mostKept) break;
    kept.delete(key);
    keptChanges -= oldest.length;
  }
}
