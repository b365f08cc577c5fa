import * as vscode from "vscode";
import { removeWorktree } from "../../worktrees/remove";
import type { WorktreeArgument } from "../manifest";
import { visible } from "../markdown";
import { withCancel } from "../progress";
import { tellRefusal } from "../tell";
import type { Services } from "./services";
import { targetOf } from "./target";
import { tellRemoved } from "./tellRemoved";

/** The folder is gone: drops git's entry of it, so that its branch is free again. The branch stays. */
export async function repairMissing(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const { fleet, worktree } = target;
  const forget = vscode.l10n.t("Forget the Folder");
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t("The folder of {0} is missing.", visible(worktree.name)),
    {
      modal: true,
      detail: vscode.l10n.t(
        "Git still keeps an entry for {0}. If the folder was moved, or its drive is not there now, bring it back instead.\n\nForgetting it frees the branch, which stays with all its commits.",
        visible(worktree.path),
      ),
    },
    forget,
  );
  if (chosen !== forget) return;
  const title = vscode.l10n.t("Forgetting {0}", worktree.name);
  const outcome = await withCancel(title, (signal) =>
    removeWorktree(fleet.repo, worktree.path, { keepBranch: true, signal }),
  );
  await fleet.refresh({ refs: true });
  if (outcome.ok) void tellRemoved(services, fleet, [outcome.value]);
  else void tellRefusal(outcome.refusal);
}
