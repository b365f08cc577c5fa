import * as vscode from "vscode";
import type { WorktreeArgument } from "../manifest";
import type { Services } from "./services";
import { targetOf } from "./target";

/** Opens what the setup command printed. */
export async function showSetupLog(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target?.worktree.setup) return;
  await vscode.window.showTextDocument(vscode.Uri.file(target.worktree.setup.log), { preview: true });
}
