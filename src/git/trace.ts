import { channel } from "node:diagnostics_channel";

/** One git command that has ended, fit for a log: nothing secret is in it. */
export interface GitCall {
  readonly dir: string;
  readonly args: readonly string[];
  /** As in GitResult. */
  readonly exitCode: number | null;
  readonly ms: number;
}

const calls = channel("agent-foreman.git");

/** Tells whoever listens of a git command that was begun at `began` (performance.now) and has ended. */
export function traceGit(dir: string, args: readonly string[], exitCode: number | null, began: number): void {
  if (!calls.hasSubscribers) return;
  const call: GitCall = { dir, args: args.map(withoutSecrets), exitCode, ms: performance.now() - began };
  calls.publish(call);
}

export function onGitCall(listener: (call: GitCall) => void): { dispose(): void } {
  const take = (message: unknown): void => listener(message as GitCall);
  calls.subscribe(take);
  return { dispose: () => calls.unsubscribe(take) };
}

/** Takes out what a URL or a header may carry: names and passwords, tokens, cookies. */
function withoutSecrets(argument: string): string {
  return argument.replace(/\/\/[^/@\s]+@/g, "//***@").replace(/(extraheader=).*/is, "$1***");
}
