import * as vscode from "vscode";
import { openRepo } from "../../git/repo";
import type { Outcome } from "../../model/outcome";
import type { ReviewRun } from "../../model/verdict";
import { importFile } from "../../review/importFile";
import type { Services } from "../commands/services";
import { targetOf } from "../commands/target";
import type { WorktreeArgument } from "../manifest";
import { visible } from "../markdown";
import { tellDone, tellRefusal } from "../tell";

/** Takes in a reviewer's file that the person picks, and shows what is in it. */
export async function importFindings(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const worktree = target.worktree.path;
  const [file] =
    (await vscode.window.showOpenDialog({
      defaultUri: vscode.Uri.file(worktree),
      title: vscode.l10n.t("Import the findings of a reviewer"),
      openLabel: vscode.l10n.t("Import"),
      filters: {
        [vscode.l10n.t("Findings, SARIF, rdjson, reports of agents")]: ["json", "sarif", "rdjson"],
        [vscode.l10n.t("All files")]: ["*"],
      },
    })) ?? [];
  if (!file) return;
  const run = await takeIn(worktree, file.fsPath);
  if (!run.ok) return tellRefusal(run.refusal);
  await services.findings.open(worktree);
  const { reviewer, findings } = run.value;
  void tellDone(
    findings === 1
      ? vscode.l10n.t("One finding of {0} was imported.", visible(reviewer))
      : vscode.l10n.t("{0} findings of {1} were imported.", findings, visible(reviewer)),
  );
}

async function takeIn(worktree: string, file: string): Promise<Outcome<ReviewRun>> {
  const repo = await openRepo(worktree);
  return repo.ok ? importFile(repo.value, file) : repo;
}
