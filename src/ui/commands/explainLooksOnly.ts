import * as vscode from "vscode";
import type { WorktreeArgument } from "../manifest";
import { looksOnlyText } from "../tree/looksOnly";
import type { Services } from "./services";
import { targetOf } from "./target";

/** Says why what a plain diff shows as deleted is no loss. */
export async function explainLooksOnly(services: Services, argument?: WorktreeArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target?.worktree.check) return;
  const { t } = vscode.l10n;
  await services.preview.read(t("Why nothing is lost"), looksOnlyText(target.worktree.check, t));
}
