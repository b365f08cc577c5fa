import * as vscode from "vscode";
import { onGitCall } from "../git/trace";

/** The extension's log; at level Debug it has every git command. */
export function openLog(): { channel: vscode.LogOutputChannel; dispose(): void } {
  const channel = vscode.window.createOutputChannel("Agent Foreman", { log: true });
  const calls = onGitCall(({ dir, args, exitCode, ms }) => {
    const words = args.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : JSON.stringify(word)));
    channel.debug(`${dir}> git ${words.join(" ")} [${exitCode ?? "stopped"}, ${Math.round(ms)} ms]`);
  });
  return {
    channel,
    dispose: () => {
      calls.dispose();
      channel.dispose();
    },
  };
}
