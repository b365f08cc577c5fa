import path from "node:path";
import { notesDir } from "../store/home";

/** Where our hooks keep what they run, shared by all worktrees of a repo: nothing in it is ever committed. */
export function hooksHome(commonDir: string): string {
  return path.join(notesDir(commonDir), "hooks");
}

/** Runs the command line of `cli.cjs` beside it, on any machine that has a node. */
export function launcherFile(commonDir: string): string {
  return path.join(hooksHome(commonDir), "agent-foreman");
}

/** What each kind of hook calls; the name of its file in `hooksHome`. */
export type HookName = "pre-push" | "claude" | "state";

/** Notes what an agent says of itself. */
export function stateScriptFile(commonDir: string): string {
  return path.join(hooksHome(commonDir), "state");
}

/** The plug-in that Copilot is handed when it is started from here. */
export function copilotPluginDir(commonDir: string): string {
  return path.join(hooksHome(commonDir), "copilot");
}

/** The settings that Claude Code is handed when it is started from here; no file of the person's or the repo's is touched. */
export function stateSettingsFile(commonDir: string): string {
  return path.join(hooksHome(commonDir), "state.json");
}
