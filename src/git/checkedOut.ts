import type { Oid } from "../model/worktree";
import { GitError, runBytes } from "./run";

/**
 * A commit's file as a checkout in this worktree would write it: with the ends of line, the encoding and the filters
 * that its attributes and settings ask for.
 */
export async function readCheckedOut(top: string, commit: Oid, path: string): Promise<Buffer> {
  const args = ["cat-file", "--filters", `${commit}:${path}`];
  const { exitCode, stdout, stderr } = await runBytes(top, args);
  if (exitCode !== 0) throw new GitError(args, { exitCode, stdout: "", stderr });
  return stdout;
}
