import type { Oid } from "../model/worktree";
import { type GitOptions, type GitResult, run } from "./run";

/** Takes a worktree's branch and files on to a commit that has the branch's own in its history; else it fails. */
export function moveForward(worktree: string, to: Oid, options: GitOptions = {}): Promise<GitResult> {
  const args = ["merge", "--quiet", "--ff-only", "--no-autostash", "--no-verify-signatures", to];
  return run(worktree, args, options);
}
