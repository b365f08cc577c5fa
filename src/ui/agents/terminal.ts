import * as vscode from "vscode";
import type { AgentRun } from "../../model/agent";

/** The terminal of this window that an agent runs in; null: it runs in another window, or in none. */
export async function terminalOf({ pid }: AgentRun): Promise<vscode.Terminal | null> {
  if (pid === null) return null;
  for (const terminal of vscode.window.terminals)
    if (terminal.exitStatus === undefined && (await terminal.processId) === pid) return terminal;
  return null;
}
