import * as vscode from "vscode";
import { anchorOf } from "./anchor";
import { blobUri } from "./blobs";
import type { Placed, Places } from "./places";
import { sentences } from "./words";

// Beyond these nobody follows the links to the target's lines.
const mostRelated = 8;

/** What would be lost, in Problems and under F8: an entry each. */
export class Diagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection("agentForeman");
  private readonly following: vscode.Disposable;

  constructor(private readonly places: Places) {
    this.following = places.onDidChange((uris) => {
      for (const uri of uris) this.show(uri);
    });
    for (const { uri } of places.all()) this.show(uri);
  }

  dispose(): void {
    this.following.dispose();
    this.collection.dispose();
  }

  private show(uri: vscode.Uri): void {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    this.collection.set(
      uri,
      this.places.at(uri).flatMap((placed) => diagnostic(placed, document) ?? []),
    );
  }
}

/** Null where all lines are back. */
function diagnostic(placed: Placed, document: vscode.TextDocument | undefined): vscode.Diagnostic | null {
  const { mark, gaps } = placed;
  const [gap] = gaps;
  if (!gap) return null;
  const { line } = anchorOf(gap, document?.lineCount ?? Number.MAX_SAFE_INTEGER);
  // An empty range is drawn below one word: the line itself is not what is wrong.
  const column = document?.lineAt(line).firstNonWhitespaceCharacterIndex ?? 0;
  const at = new vscode.Range(line, column, line, column);
  const found = new vscode.Diagnostic(at, sentences(mark, vscode.l10n.t), severity(placed));
  found.source = "Agent Foreman";
  found.code = mark.isLoss ? "loss" : "recent-work";
  found.relatedInformation = related(placed);
  return found;
}

/** What is proven is an error, what is likely a warning, and a question never more than a piece of information. */
function severity({ mark: { isLoss, deletion } }: Placed): vscode.DiagnosticSeverity {
  if (!isLoss) return vscode.DiagnosticSeverity.Information;
  return deletion.confidence === "certain"
    ? vscode.DiagnosticSeverity.Error
    : vscode.DiagnosticSeverity.Warning;
}

function related({ mark: { worktree, base, deletion } }: Placed): vscode.DiagnosticRelatedInformation[] {
  const uri = blobUri(worktree.path, deletion.path, base.oid);
  return deletion.baseRanges.slice(0, mostRelated).map(([from, to]) => {
    const lines = new vscode.Range(from - 1, 0, to, 0);
    const text =
      from === to
        ? vscode.l10n.t("line {0} of {1} would go", from, base.ref)
        : vscode.l10n.t("lines {0} to {1} of {2} would go", from, to, base.ref);
    return new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, lines), text);
  });
}
