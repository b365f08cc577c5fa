import * as vscode from "vscode";
import { openRepo } from "../../git/repo";
import type { Verdict } from "../../model/verdict";
import { adjudicate } from "../../review/adjudicate";
import type { Services } from "../commands/services";
import type { FindingArgument, OverruleArgument } from "../manifest";
import { tellRefusal } from "../tell";

export async function acceptFinding(services: Services, argument?: FindingArgument): Promise<void> {
  await decide(services, argument, "accept", null);
}

/** Asks why, where the caller does not say. */
export async function overruleFinding(services: Services, argument?: OverruleArgument): Promise<void> {
  const reason = argument?.reason ?? (await askReason());
  if (reason) await decide(services, argument, "overrule", reason);
}

export async function reopenFinding(services: Services, argument?: FindingArgument): Promise<void> {
  await decide(services, argument, "reopen", null);
}

/** Called at a comment, the argument is the thread that it is in. */
async function decide(
  { comments, status }: Services,
  argument: FindingArgument | undefined,
  verdict: Verdict["verdict"],
  reason: string | null,
): Promise<void> {
  const about = argument && (comments.aboutOf(argument) ?? argument);
  if (typeof about?.path !== "string" || typeof about.finding !== "string") return;
  const repo = await openRepo(about.path);
  if (!repo.ok) return tellRefusal(repo.refusal);
  const noted = await adjudicate(repo.value, { finding: about.finding, verdict, reason });
  if (!noted.ok) return tellRefusal(noted.refusal);
  status.decided(about.path);
}

async function askReason(): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const other = t("Another reason");
  const title = t("Why is it overruled? The next reviewer is told.");
  const reasons = [
    t("False alarm"),
    t("Intended"),
    t("Out of scope"),
    t("Already handled"),
    t("Won't fix"),
    other,
  ];
  const picked = await vscode.window.showQuickPick(reasons, { title, placeHolder: title });
  if (picked !== other) return picked;
  return (await vscode.window.showInputBox({ title, ignoreFocusOut: true }))?.trim();
}
