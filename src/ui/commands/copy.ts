import * as vscode from "vscode";
import type { WorktreeArgument } from "../manifest";
import type { Services } from "./services";
import { targetOf } from "./target";

export async function copyPath(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (target) await vscode.env.clipboard.writeText(target.worktree.path);
}

export async function copyBranch(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (target?.worktree.branch) await vscode.env.clipboard.writeText(target.worktree.branch);
}
