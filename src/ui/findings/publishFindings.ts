import * as vscode from "vscode";
import { openRepo } from "../../git/repo";
import type { Outcome } from "../../model/outcome";
import { type Published, publishReview } from "../../review/publish/publish";
import { lineOf, pullOf } from "../commands/pullTarget";
import type { Services } from "../commands/services";
import { targetOf } from "../commands/target";
import type { WorktreeArgument } from "../manifest";
import { tellDone, tellRefusal } from "../tell";

/** Says on the worktree's pull request what was decided, and sets the status that branch protection can require. */
export async function publishFindings(services: Services, argument?: WorktreeArgument): Promise<void> {
  const worktree = await targetOf(services, argument);
  const target = worktree && (await pullOf(services, { path: worktree.worktree.path }));
  const line = target && (await lineOf(services, target.fleet));
  if (!worktree || !target || !line) return;
  const { number } = target.pull;
  const title = vscode.l10n.t("Publishing the review to #{0}", number);
  const location = vscode.ProgressLocation.Notification;
  const outcome = await vscode.window.withProgress({ location, title }, async () => {
    const repo = await openRepo(worktree.worktree.path);
    if (!repo.ok) return repo;
    const published = await publishReview(repo.value, { ...line, number, ref: "HEAD" });
    await services.pulls.now(target.fleet);
    return published;
  });
  void tell(outcome);
}

async function tell(outcome: Outcome<Published>): Promise<void> {
  if (!outcome.ok) return tellRefusal(outcome.refusal);
  const { pull, url, review, status } = outcome.value;
  const { t } = vscode.l10n;
  const said = {
    added: t("The review is published to #{0}.", pull),
    updated: t("The review on #{0} is up to date.", pull),
    unchanged: t("The review on #{0} said so already.", pull),
    none: t("There is nothing to say on #{0} yet.", pull),
  };
  const states = { pending: t("pending"), success: t("success"), failure: t("failure") };
  await tellDone(
    `${said[review]} ${t("Its status is {0}: {1}.", states[status.state], status.description)}`,
    {
      title: t("Open on GitHub"),
      act: () => vscode.env.openExternal(vscode.Uri.parse(url, true)),
    },
  );
}
