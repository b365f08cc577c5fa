import * as vscode from "vscode";
import type { WorktreeArgument } from "../manifest";
import type { Services } from "./services";
import { targetOf } from "./target";

export async function openInNewWindow(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const folder = vscode.Uri.file(target.worktree.path);
  await vscode.commands.executeCommand("vscode.openFolder", folder, { forceNewWindow: true });
}
