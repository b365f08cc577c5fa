import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";

/** This window's live terminals that stand in a folder or below it, or were opened there. */
export function terminalsIn(folder: string): vscode.Terminal[] {
  return vscode.window.terminals.filter((terminal) => {
    if (terminal.exitStatus !== undefined) return false;
    const options = terminal.creationOptions;
    const opened = "cwd" in options ? options.cwd : undefined;
    const place = terminal.shellIntegration?.cwd ?? opened;
    const at = typeof place === "string" ? place : place?.fsPath;
    return at !== undefined && (at === folder || at.startsWith(folder + path.sep));
  });
}

// A shell has this long to end after its terminal was closed.
const endMs = 5_000;

/** Closes terminals, and resolves when their shells have ended too. */
export async function closeTerminals(terminals: readonly vscode.Terminal[]): Promise<void> {
  const pids = (await Promise.all(terminals.map((terminal) => terminal.processId))).filter(
    (pid) => pid !== undefined,
  );
  for (const terminal of terminals) terminal.dispose();
  const giveUpAt = Date.now() + endMs;
  while (pids.some(isAlive) && Date.now() < giveUpAt) await sleep(50);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
