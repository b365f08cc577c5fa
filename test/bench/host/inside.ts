import Module from "node:module";
import * as vscode from "vscode";

type Load = (request: string, ...rest: unknown[]) => unknown;
interface Entry {
  activate(context: unknown): unknown;
}

/** Runs in VS Code's extension host: how long the extension takes from nothing to active, its file's reading included. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension("agent-foreman.agent-foreman");
  if (!extension || extension.isActive) throw new Error("The extension is missing, or was active already.");
  const own = timeOwnCode(extension.extensionPath);
  const began = performance.now();
  await extension.activate();
  const whole = performance.now() - began;
  console.log(`[tests] activation took ${own().toFixed(1)} ms of ${whole.toFixed(1)} ms`);
}

/**
 * What VS Code itself counts as an extension's activation (Developer: Show Running Extensions): loading its code and
 * calling `activate`. The rest of the way is VS Code's: it reads the extension's stored state over the wire first.
 */
function timeOwnCode(folder: string): () => number {
  const loader = Module as unknown as { _load: Load };
  const load = loader._load;
  let sum = 0;
  const timed = <T>(action: () => T): T => {
    const began = performance.now();
    try {
      return action();
    } finally {
      sum += performance.now() - began;
    }
  };
  loader._load = function (request, ...rest) {
    if (!request.startsWith(folder) || !request.endsWith("extension.js"))
      return load.call(this, request, ...rest);
    loader._load = load;
    const entry = timed(() => load.call(this, request, ...rest)) as Entry;
    return { ...entry, activate: (context: unknown) => timed(() => entry.activate(context)) };
  };
  return () => {
    if (sum === 0) throw new Error("VS Code loaded the extension in a way that was not seen.");
    return sum;
  };
}
