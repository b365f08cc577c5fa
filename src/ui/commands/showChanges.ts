import * as vscode from "vscode";
import type { WorktreeArgument } from "../manifest";
import type { Services } from "./services";
import { targetOf } from "./target";

/** Hands the worktree to VS Code's own Source Control view, which shows and stages changes. */
export async function showChanges(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  await vscode.commands.executeCommand("git.openRepository", target.worktree.path);
  await vscode.commands.executeCommand("workbench.view.scm");
}
