import * as vscode from "vscode";
import { checkOutPull as checkOut } from "../../fleet/checkOutPull";
import type { PullArgument } from "../manifest";
import { visible } from "../markdown";
import { withCancel } from "../progress";
import { tellDone, tellRefusal } from "../tell";
import { placementIn } from "./newWorktree";
import { openInNewWindow } from "./openInNewWindow";
import { pullOf } from "./pullTarget";
import { runSetupCommand } from "./runSetupCommand";
import type { Services } from "./services";
import { startAgent } from "./startAgent";

/** Makes a worktree of a pull request that has none here. Resolves to the folder made. */
export async function checkOutPull(services: Services, argument?: PullArgument): Promise<string | undefined> {
  const target = await pullOf(services, argument);
  if (!target) return undefined;
  const { fleet, pull } = target;
  const title = vscode.l10n.t("Checking out #{0}", pull.number);
  const outcome = await withCancel(title, (signal, onProgress) =>
    checkOut(fleet.repo, pull, placementIn(fleet), { signal, onProgress }),
  );
  await fleet.refresh({ refs: true });
  if (!outcome.ok) {
    if (outcome.refusal.code !== "cancelled") void tellRefusal(outcome.refusal);
    return undefined;
  }
  const { created, pushes } = outcome.value;
  const { path, branch } = created;
  await services.pulls.now(fleet);
  await services.view.reveal(fleet, path);
  const ready = vscode.l10n.t("#{0} is checked out as {1}.", pull.number, visible(branch));
  const whereto = pushes
    ? vscode.l10n.t("A push from there goes into the pull request.")
    : vscode.l10n.t(
        "A push from there does not go into the pull request, whose branch is {0} of {1}.",
        visible(pull.branch),
        visible(pull.from ?? "?"),
      );
  void tellDone(
    [ready, whereto, ...created.notes].join(" "),
    { title: vscode.l10n.t("Open in New Window"), act: () => openInNewWindow(services, { path }) },
    { title: vscode.l10n.t("Start an Agent"), act: () => startAgent(services, { path }) },
  );
  void runSetupCommand(services, fleet, created);
  return path;
}
