import * as vscode from "vscode";
import { agentLabel } from "../../agents/known";
import { terminalOf } from "../agents/terminal";
import type { WorktreeArgument } from "../manifest";
import { withoutLinks } from "../markdown";
import type { Services } from "./services";
import { targetOf } from "./target";

/** Shows the terminal that a worktree's agent runs in. */
export async function showAgent(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const { run, name } = target.worktree;
  const terminal = run && (await terminalOf(run));
  if (terminal) return terminal.show();
  const text =
    run && run.state !== "gone"
      ? vscode.l10n.t("{0} runs in {1}, but in no terminal of this window.", agentLabel(run.agent), name)
      : vscode.l10n.t("No agent that was started from here runs in {0}.", name);
  void vscode.window.showInformationMessage(withoutLinks(text));
}
