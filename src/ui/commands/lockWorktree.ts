import * as vscode from "vscode";
import { lock } from "../../worktrees/lock";
import type { WorktreeArgument } from "../manifest";
import { tellRefusal } from "../tell";
import type { Services } from "./services";
import { targetOf } from "./target";

/** Locks a worktree, with a reason for whoever finds it locked. */
export async function lockWorktree(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t("Lock Worktree {0}", target.worktree.name),
    prompt: vscode.l10n.t("Why must it stay? Whoever tries to remove it reads this. It may be left empty."),
  });
  if (reason === undefined) return;
  const outcome = await lock(target.fleet.repo, target.worktree.path, reason);
  await target.fleet.refresh({ refs: true });
  if (!outcome.ok) await tellRefusal(outcome.refusal);
}
