import path from "node:path";

/** Where our notes on a repo live: in git's own folder, shared by all its worktrees and never committed. */
export function notesDir(commonDir: string): string {
  return path.join(commonDir, "agent-foreman");
}
