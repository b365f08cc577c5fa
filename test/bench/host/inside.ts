import * as vscode from "vscode";

/** Runs in VS Code's extension host: how long the extension takes from nothing to active, its file's reading included. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension("agent-foreman.agent-foreman");
  if (!extension || extension.isActive) throw new Error("The extension is missing, or was active already.");
  const began = performance.now();
  await extension.activate();
  console.log(`[tests] activation took ${(performance.now() - began).toFixed(1)} ms`);
}
