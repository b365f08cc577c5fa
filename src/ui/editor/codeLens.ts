import * as vscode from "vscode";
import { isLostByMerge } from "../../losses/lostByMerges";
import { commands, type LossArgument } from "../manifest";
import { anchorOf } from "./anchor";
import type { Placed, Places } from "./places";
import { restoreInShort } from "./words";

/** Above the first place of each loss: how much of whose work, and what can be done about it. */
export class LossLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changes.event;
  private readonly following: vscode.Disposable;

  constructor(private readonly places: Places) {
    this.following = places.onDidChange(() => this.changes.fire());
  }

  dispose(): void {
    this.following.dispose();
    this.changes.dispose();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return this.places.at(document.uri).flatMap((placed) => lenses(placed, document));
  }
}

function lenses({ mark, gaps }: Placed, document: vscode.TextDocument): vscode.CodeLens[] {
  const [gap] = gaps;
  if (!gap) return [];
  const { line, side } = anchorOf(gap, document.lineCount);
  // A lens is drawn above its line: so it stands in the gap itself.
  const at = side === "below" ? Math.min(line + 1, document.lineCount - 1) : line;
  const range = new vscode.Range(at, 0, at, 0);
  const argument: LossArgument = { path: mark.worktree.path, loss: mark.deletion.id };
  const { t } = vscode.l10n;
  const lens = (title: string, name: "restoreLoss" | "showMerge" | "meantLoss" | "recoverBranch") =>
    new vscode.CodeLens(range, { title, command: commands[name].id, arguments: [argument] });
  return [
    lens(restoreInShort(mark, t), "restoreLoss"),
    lens(t("Show the merge"), "showMerge"),
    lens(t("It is meant…"), "meantLoss"),
    // Where a bad merge did it, all of the branch's losses go away together.
    ...(mark.worktree.branch !== null && isLostByMerge(mark.deletion)
      ? [lens(t("Recover the branch…"), "recoverBranch")]
      : []),
  ];
}
