import type { Oid } from "../model/worktree";
import { askDiffTree, readyDiffTree } from "./diffServer";
import { type FilePatch, patchFlags, readPatch } from "./patch";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

// A file beyond the threshold is compared as a whole: nobody reads its lines, and memory has an end.
const settings = ["-c", "core.quotePath=false", "-c", "core.bigFileThreshold=32m"];

/** What `after` has otherwise than `before` (trees or commits), line for line; only in `paths` (latin1) where given. */
export async function readTreeDiff(
  repo: Repo,
  before: Oid,
  after: Oid,
  signal?: AbortSignal,
  paths: readonly string[] = [],
): Promise<FilePatch[]> {
  const args = [
    ...[...settings, "--literal-pathspecs", "diff-tree", "-r", ...patchFlags, before, after],
    ...["--", ...paths.map((name) => Buffer.from(name, "latin1").toString())],
  ];
  const result = await runBytes(repo.commonDir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return readPatch(result.stdout.toString("latin1")).files;
}

/**
 * The same for two trees that are not known yet; git is started at once, so that it need not be waited for then. Null
 * when there are no such trees.
 */
export async function readComingDiff(
  repo: Repo,
  trees: Promise<readonly [before: Oid, after: Oid] | null>,
  signal?: AbortSignal,
): Promise<FilePatch[] | null> {
  const args = [...settings, "diff-tree", "--stdin", "-r", ...patchFlags];
  const [pair] = await Promise.all([trees, readyDiffTree(repo, args)]);
  if (pair === null) return null;
  const answer = await askDiffTree(repo, args, pair, { signal });
  return readPatch(answer.toString("latin1")).files;
}
