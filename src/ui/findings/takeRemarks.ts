import * as vscode from "vscode";
import { openRepo } from "../../git/repo";
import { takeRemarks as take } from "../../review/remarks/take";
import { lineOf, pullOf } from "../commands/pullTarget";
import type { Services } from "../commands/services";
import { targetOf } from "../commands/target";
import type { WorktreeArgument } from "../manifest";
import { tellDone, tellRefusal } from "../tell";

/** Takes in what reviewers say on the worktree's pull request, and shows it. */
export async function takeRemarks(services: Services, argument?: WorktreeArgument): Promise<void> {
  const worktree = await targetOf(services, argument);
  const target = worktree && (await pullOf(services, { path: worktree.worktree.path }));
  const line = target && (await lineOf(services, target.fleet));
  if (!worktree || !target || !line) return;
  const { path, branch } = worktree.worktree;
  const { number } = target.pull;
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t("Reading what is said on #{0}", number);
  const outcome = await vscode.window.withProgress({ location, title }, async () => {
    const repo = await openRepo(path);
    return repo.ok ? take(repo.value, { ...line, number, ref: branch ?? "HEAD" }) : repo;
  });
  if (!outcome.ok) return void tellRefusal(outcome.refusal);
  const { runs, resolved } = outcome.value;
  const taken = runs.reduce((sum, run) => sum + run.findings, 0);
  if (taken > 0) await services.findings.open(path);
  const { t } = vscode.l10n;
  const what =
    taken === 0
      ? t("Nothing new is said on #{0}.", number)
      : taken === 1
        ? t("One remark on #{0} was taken in.", number)
        : t("{0} remarks on #{1} were taken in.", taken, number);
  const passed = resolved > 0 ? ` ${t("What is resolved on GitHub was passed over ({0}).", resolved)}` : "";
  void tellDone(what + passed);
}
