import * as vscode from "vscode";
import { decide } from "../../losses/decide";
import { lossOf } from "../editor/lossOf";
import { object } from "../editor/words";
import type { MeantArgument } from "../manifest";
import { withoutLinks } from "../markdown";
import { tellDone, tellRefusal } from "../tell";
import { reopenLoss } from "./reopenLoss";
import type { Services } from "./services";

/** Notes that something is meant to go, with the person's reason. */
export async function meantLoss(services: Services, argument?: MeantArgument): Promise<void> {
  const found = await lossOf(services, argument);
  if (!found) return;
  const { fleet, worktree, check, mark } = found;
  const what = object(mark.deletion, vscode.l10n.t);
  const reason = argument?.reason ?? (await askReason(what));
  if (reason === undefined) return;
  const noted = await decide(fleet.repo, {
    deletionId: mark.deletion.id,
    branch: worktree.branch,
    headOid: check.head.oid,
    decision: "meant",
    reason,
  });
  if (!noted.ok) return tellRefusal(noted.refusal);
  await fleet.refresh({ refs: true });
  const undo = {
    title: vscode.l10n.t("Undo"),
    act: () => reopenLoss(services, { path: worktree.path, loss: mark.deletion.id }),
  };
  void tellDone(vscode.l10n.t("Noted as meant to go: {0}.", what), undo);
}

/** Undefined: the person does not say after all. */
async function askReason(what: string): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const other = t("Another reason…");
  const reasons = [
    t("Replaced by something newer"),
    t("Not needed any more"),
    t("Taken back on purpose"),
    t("Moved elsewhere"),
  ];
  const placeHolder = t("Why is it meant that this goes: {0}?", withoutLinks(what));
  const chosen = await vscode.window.showQuickPick([...reasons, other], { placeHolder });
  if (chosen !== other) return chosen;
  return vscode.window.showInputBox({
    prompt: placeHolder,
    validateInput: (text) => (text.trim() === "" ? t("Others will ask, so give a reason.") : null),
  });
}
