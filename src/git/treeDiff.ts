import type { Oid } from "../model/worktree";
import { type FilePatch, patchFlags, readPatch } from "./patch";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** What `after` has otherwise than `before` (trees or commits), line for line; only in `paths` (latin1) where given. */
export async function readTreeDiff(
  repo: Repo,
  before: Oid,
  after: Oid,
  signal?: AbortSignal,
  paths: readonly string[] = [],
): Promise<FilePatch[]> {
  // A file beyond the threshold is compared as a whole: nobody reads its lines, and memory has an end.
  const args = [
    ...["-c", "core.quotePath=false", "-c", "core.bigFileThreshold=32m"],
    ...["--literal-pathspecs", "diff-tree", "-r", ...patchFlags, before, after],
    ...["--", ...paths.map((name) => Buffer.from(name, "latin1").toString())],
  ];
  const result = await runBytes(repo.commonDir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return readPatch(result.stdout.toString("latin1")).files;
}
