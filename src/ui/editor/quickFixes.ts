import * as vscode from "vscode";
import { commands, type LossArgument } from "../manifest";
import { anchorOf } from "./anchor";
import { blobScheme } from "./blobs";
import { hasParts } from "./mark";
import type { Placed, Places } from "./places";
import { restoreTitle } from "./words";

/** What can be done about what is missing here, on the light bulb and under Ctrl+. */
export class LossFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(private readonly places: Places) {}

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    return this.places
      .at(document.uri)
      .filter((placed) => isIn(placed, document, range))
      .flatMap((placed) => fixes(placed, diagnostics));
  }
}

function isIn({ gaps }: Placed, document: vscode.TextDocument, range: vscode.Range): boolean {
  if (gaps.length === 0) return false;
  // A deleted file's document is about nothing else.
  if (document.uri.scheme === blobScheme) return true;
  return gaps.some((gap) => {
    const { line } = anchorOf(gap, document.lineCount);
    return range.start.line <= line && line <= range.end.line;
  });
}

type FixCommand = "restoreLoss" | "restoreFile" | "showMerge" | "meantLoss" | "recoverBranch";

function fixes({ mark }: Placed, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const argument: LossArgument = { path: mark.worktree.path, loss: mark.deletion.id };
  const { t } = vscode.l10n;
  const mine = diagnostics.filter(({ source }) => source === "Agent Foreman");
  const fix = (title: string, name: FixCommand) => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { title, command: commands[name].id, arguments: [argument] };
    action.diagnostics = mine;
    return action;
  };
  const restore = fix(restoreTitle(mark, t), "restoreLoss");
  restore.isPreferred = true;
  return [
    restore,
    ...(hasParts(mark.deletion) ? [fix(t("Restore the file"), "restoreFile")] : []),
    fix(t("Show what the merge would do"), "showMerge"),
    fix(t("It is meant…"), "meantLoss"),
    ...(mark.worktree.branch === null ? [] : [fix(t("Recover the branch…"), "recoverBranch")]),
  ];
}
