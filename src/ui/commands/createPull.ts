import * as vscode from "vscode";
import { isDirty } from "../../fleet/needsYou";
import { draftPull, openPullRequest, type PullDraft } from "../../fleet/openPullRequest";
import type { Worktree } from "../../model/worktree";
import type { WorktreeArgument } from "../manifest";
import { visible } from "../markdown";
import { withCancel } from "../progress";
import { tellDone, tellRefusal } from "../tell";
import { lossesInShort } from "../tree/losses";
import { lineOf } from "./pullTarget";
import type { Services } from "./services";
import { targetOf } from "./target";

/** Pushes the worktree's branch and opens a pull request for it, once the person has seen what it will say. */
export async function createPull(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  const line = target && (await lineOf(services, target.fleet));
  if (!target || !line) return;
  const { fleet, worktree } = target;
  const draft = await draftPull(fleet, worktree, line.client);
  if (!draft.ok) return void tellRefusal(draft.refusal);
  const title = await vscode.window.showInputBox({
    title: vscode.l10n.t("New pull request of {0}", visible(worktree.name)),
    prompt: vscode.l10n.t("Its title"),
    value: draft.value.title,
    ignoreFocusOut: true,
  });
  if (!title?.trim()) return;
  const kind = await confirm(worktree, { ...draft.value, title });
  if (kind === null) return;
  const wanted = { ...draft.value, title: title.trim(), draft: kind === "draft" };
  const outcome = await withCancel(vscode.l10n.t("Opening the pull request"), async (signal) => {
    const made = await openPullRequest(fleet, line.client, wanted, signal);
    await services.pulls.now(fleet);
    return made;
  });
  if (!outcome.ok) return void tellRefusal(outcome.refusal);
  const { number, url } = outcome.value;
  const open = {
    title: vscode.l10n.t("Open on GitHub"),
    act: () => vscode.env.openExternal(vscode.Uri.parse(url, true)),
  };
  void tellDone(vscode.l10n.t("#{0} is open.", number), open);
}

async function confirm(worktree: Worktree, draft: PullDraft): Promise<"ready" | "draft" | null> {
  const lost = lossesInShort(worktree.check, vscode.l10n.t);
  const warnings = [
    ...(lost ? [vscode.l10n.t("It {0}.", lost)] : []),
    ...(isDirty(worktree) ? [vscode.l10n.t("What is not committed will not be in it.")] : []),
  ];
  const question = vscode.l10n.t(
    "Push {0} and open a pull request into {1}?",
    visible(draft.branch),
    visible(draft.base),
  );
  const detail = [...warnings, draft.title, draft.body].join("\n\n").slice(0, 2_000);
  const ready = vscode.l10n.t("Open Pull Request");
  const asDraft = vscode.l10n.t("Open as Draft");
  const chosen = await vscode.window.showInformationMessage(
    question,
    { modal: true, detail: detail.replaceAll(/[^\n]+/g, visible) },
    ready,
    asDraft,
  );
  return chosen === ready ? "ready" : chosen === asDraft ? "draft" : null;
}
