import * as vscode from "vscode";
import type { WorktreeArgument } from "../manifest";
import type { Services } from "./services";
import { targetOf } from "./target";

export async function revealInOS(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (target) await vscode.commands.executeCommand("revealFileInOS", vscode.Uri.file(target.worktree.path));
}
