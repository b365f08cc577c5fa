import * as vscode from "vscode";
import type { WorktreeArgument } from "../manifest";
import { visible } from "../markdown";
import { terminalsIn } from "../terminals";
import type { Services } from "./services";
import { targetOf } from "./target";

/** Shows the terminal that is open in the worktree, or opens one. */
export async function openTerminal(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const { name, path } = target.worktree;
  const [open] = terminalsIn(path);
  const iconPath = new vscode.ThemeIcon("git-branch");
  const terminal = open ?? vscode.window.createTerminal({ name: visible(name), cwd: path, iconPath });
  terminal.show();
}
