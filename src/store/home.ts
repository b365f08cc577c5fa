import path from "node:path";

/** Where our notes on a repo live: in git's own folder, shared by all its worktrees and never committed. */
export function notesDir(commonDir: string): string {
  return path.join(commonDir, "agent-foreman");
}

/** Where recoveries that wait for a person are noted, a file each. */
export function recoveriesDir(commonDir: string): string {
  return path.join(notesDir(commonDir), "recoveries");
}
