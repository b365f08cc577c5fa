import * as vscode from "vscode";
import type { Refusal } from "../../model/outcome";
import { overridableCodes, type RemovalPlan } from "../../worktrees/removalPlan";
import { planRemovalOf, type RemoveOptions, removeWorktree as remove } from "../../worktrees/remove";
import { saveIn } from "../editors";
import type { RemoveWorktreeArgument } from "../manifest";
import { visible } from "../markdown";
import { withCancel } from "../progress";
import { type Choice, tellRefusal } from "../tell";
import { closeTerminals, terminalsIn } from "../terminals";
import { leave, unsavedRefusal } from "./leave";
import type { Services } from "./services";
import { type Target, targetOf } from "./target";
import { tellRemoved } from "./tellRemoved";
import { unlockWorktree } from "./unlockWorktree";

/** Removes a worktree with its branch; what would go with it is named first, and everything can be brought back. */
export async function removeWorktree(services: Services, argument?: RemoveWorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const { fleet, worktree } = target;
  const unsaved = unsavedRefusal(worktree);
  if (unsaved) {
    const act = async () => (await saveIn(worktree.path)) && (await removeWorktree(services, argument));
    void tellRefusal(unsaved, { title: vscode.l10n.t("Save and Remove"), act });
    return;
  }
  const options = optionsOf(services, target, argument);
  const plan = await planRemovalOf(fleet.repo, worktree.path, options);
  if (!plan.ok) {
    await fleet.refresh({ refs: true });
    void tellRefusal(plan.refusal);
    return;
  }
  const decided = plan.value.allowed ? options : await decide(services, target, plan.value, options);
  if (!decided) return;
  const title = vscode.l10n.t("Removing {0}", worktree.name);
  const outcome = await withCancel(title, (signal) =>
    remove(fleet.repo, worktree.path, { ...decided, signal }),
  );
  if (outcome.ok) await leave(services, worktree.path);
  await fleet.refresh({ refs: true });
  if (outcome.ok) void tellRemoved(services, fleet, [outcome.value]);
  else void tellRefusal(outcome.refusal);
}

function optionsOf(
  { view }: Services,
  { worktree, fleet }: Target,
  argument: RemoveWorktreeArgument | undefined,
): RemoveOptions {
  return {
    ...(argument?.keepBranch === true ? { keepBranch: true } : {}),
    ...(argument?.anyway === true ? { anyway: true } : {}),
    ...(view.provider.isCurrent(fleet, worktree.path)
      ? { inUse: vscode.l10n.t("This window of VS Code") }
      : {}),
  };
}

type Refused = Extract<RemovalPlan, { allowed: false }>;

/** What stands against it, each with what can be done about it; null when it is not to be removed. */
async function decide(
  services: Services,
  { worktree }: Target,
  { reasons, overridable, warnings }: Refused,
  options: RemoveOptions,
): Promise<RemoveOptions | null> {
  if (!overridable) {
    // What could be overridden is asked about when nothing firm stands against it any more.
    const firm = reasons.filter(({ code }) => !overridableCodes.includes(code));
    void tellRefusal(together(firm), ...waysOut(services, worktree.path, firm));
    return null;
  }
  const keepBranch = vscode.l10n.t("Remove, Keep the Branch");
  const anyway = vscode.l10n.t("Remove Anyway");
  const onlyCommits = reasons.every(({ code }) => code === "not-landed") && worktree.branch !== null;
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t("Remove the worktree {0}?", visible(worktree.name)),
    { modal: true, detail: details([...reasons, ...warnings]) },
    ...(onlyCommits ? [keepBranch, anyway] : [anyway]),
  );
  if (chosen === keepBranch) return { ...options, keepBranch: true };
  return chosen === anyway ? { ...options, anyway: true } : null;
}

function details(reasons: readonly Refusal[]): string {
  const stays = vscode.l10n.t("Undo brings back the folder, the branch and every uncommitted file.");
  return [...reasons.map(({ message }) => `• ${visible(message)}`), "", stays].join("\n");
}

function together(reasons: readonly Refusal[]): Refusal {
  return {
    code: reasons[0]?.code ?? "",
    message: reasons.map(({ message }) => message).join(" "),
    hint: [...new Set(reasons.map(({ hint }) => hint))].join(" "),
  };
}

function waysOut(services: Services, path: string, reasons: readonly Refusal[]): Choice[] {
  const [only, ...others] = reasons;
  if (!only || others.length > 0) return [];
  const again = { title: vscode.l10n.t("Try Again"), act: () => removeWorktree(services, { path }) };
  switch (only.code) {
    case "locked":
      return [{ title: vscode.l10n.t("Unlock…"), act: () => unlockWorktree(services, { path }) }];
    case "unknown-commits":
      return [
        {
          title: vscode.l10n.t("Remove, Keep the Branch"),
          act: () => removeWorktree(services, { path, keepBranch: true }),
        },
      ];
    case "live":
      return [...closing(services, path), again];
    case "git-busy":
      return [again];
    default:
      return [];
  }
}

/** What is at work there may be no more than the shell of a terminal that the person opened here. */
function closing(services: Services, path: string): Choice[] {
  const terminals = terminalsIn(path);
  if (terminals.length === 0) return [];
  const act = async () => {
    await closeTerminals(terminals);
    await removeWorktree(services, { path });
  };
  return [{ title: vscode.l10n.t("Close Its Terminals and Remove"), act }];
}
