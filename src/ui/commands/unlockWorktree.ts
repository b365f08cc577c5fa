import * as vscode from "vscode";
import { unlock } from "../../worktrees/lock";
import type { WorktreeArgument } from "../manifest";
import { tellRefusal } from "../tell";
import type { Services } from "./services";
import { targetOf } from "./target";

/** Takes a lock away; where an agent set it, only after the person confirms, because it may be at work there. */
export async function unlockWorktree(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const { worktree, fleet } = target;
  if (worktree.owner?.how === "lock" || worktree.lockedBecause) {
    const unlockIt = vscode.l10n.t("Unlock");
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t("Unlock {0}?", worktree.name),
      {
        modal: true,
        detail: vscode.l10n.t(
          "It was locked with this reason: {0}\n\nUnlocked, it can be removed, also while somebody works in it.",
          worktree.lockedBecause ?? "",
        ),
      },
      unlockIt,
    );
    if (chosen !== unlockIt) return;
  }
  const outcome = await unlock(fleet.repo, worktree.path);
  await fleet.refresh({ refs: true });
  if (!outcome.ok) await tellRefusal(outcome.refusal);
}
