import { realpath } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { JudgedFinding } from "../../model/verdict";
import { FileText, findQuote } from "../../review/anchor";
import { shownPath } from "../../review/rank";
import { visible } from "../markdown";

/** Shows the file with the finding's code selected, as it lies on disk now. Returns why that could not be, or null. */
export async function openFinding(worktree: string, finding: JudgedFinding): Promise<string | null> {
  const shown = shownPath(finding);
  const file = await insideFile(worktree, shown);
  if (file === null) return vscode.l10n.t("There is no file {0} in this worktree.", visible(shown));
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const selection = selectionOf(finding, document);
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
    ...(selection ? { selection } : {}),
  });
  return selection || !finding.quote
    ? null
    : vscode.l10n.t("The quoted code is not in the file as it is on disk, so no line is marked.");
}

/** The real file; null where there is none, or where a link leads out of the worktree. */
async function insideFile(worktree: string, relative: string): Promise<string | null> {
  try {
    const top = await realpath(worktree);
    const file = await realpath(path.join(top, relative));
    return file.startsWith(top + path.sep) ? file : null;
  } catch {
    return null;
  }
}

/** The file may have changed since the commit, so the quote is looked for again. */
function selectionOf(finding: JudgedFinding, document: vscode.TextDocument): vscode.Range | null {
  const { quote, anchor, startLine, symbol } = finding;
  if (!quote) return null;
  const line = anchor?.startLine ?? startLine;
  const place = findQuote(new FileText(document.getText()), quote, { line, symbol });
  return (
    place &&
    new vscode.Range(
      place.startLine - 1,
      0,
      place.endLine - 1,
      document.lineAt(place.endLine - 1).text.length,
    )
  );
}
