import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** A change as a person reads it: its files with their counts, then the patch, of a huge one only the beginning. */
export async function readChangeText(
  repo: Repo,
  before: Oid,
  after: Oid,
  mostBytes: number,
): Promise<{ readonly text: string; readonly whole: boolean }> {
  const args = [
    ...["-c", "core.quotePath=false", "diff-tree", "-r", "--stat=120", "--summary", "--patch", "--unified=5"],
    ...[
      "--find-renames",
      "-l500",
      "--no-color",
      "--no-ext-diff",
      "--no-textconv",
      "--no-relative",
      before,
      after,
    ],
  ];
  const result = await runBytes(repo.commonDir, args, { mostBytes });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return { text: result.stdout.toString(), whole: result.stdout.length < mostBytes };
}
