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
  if (oids.length === 0) return new Map();
  const args = [
    ...["log", ...rawLogOptions, "--no-walk=unsorted", "--diff-merges=first-parent"],
    ...["--format=%x01%H", "--stdin"],
  ];
  const input = `${oids.join("\n")}\n`;
  const result = await runBytes(repo.commonDir, args, { input, ...(signal ? { signal } : {}) });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  const records = parseRawLog(result.stdout.toString("latin1"));
  return new Map(records.map(({ header, changes }) => [header, changes]));
}
