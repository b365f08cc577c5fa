import * as vscode from "vscode";
import type { WorktreeArgument } from "../manifest";
import { visible } from "../markdown";
import type { Services } from "./services";
import { targetOf } from "./target";

/** Shows the terminal that is open in the worktree, or opens one. */
export async function openTerminal(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const { name, path } = target.worktree;
  const open = vscode.window.terminals.find((terminal) => {
    const options = terminal.creationOptions;
    return "cwd" in options && options.cwd === path && terminal.exitStatus === undefined;
  });
  const terminal =
    open ??
    vscode.window.createTerminal({
      name: visible(name),
      cwd: path,
      iconPath: new vscode.ThemeIcon("git-branch"),
    });
  terminal.show();
}
