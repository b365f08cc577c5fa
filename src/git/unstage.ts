import { runOk } from "./run";

/** Makes a worktree's index that of HEAD; what was staged or in conflict lies in its files as before. */
export async function unstage(worktree: string): Promise<void> {
  await runOk(worktree, ["reset", "--quiet"]);
}
