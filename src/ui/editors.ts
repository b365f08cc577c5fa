import path from "node:path";
import * as vscode from "vscode";

/** A folder's documents that hold what is on no disk yet. */
export function unsavedIn(folder: string): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === "file" && isIn(folder, uri),
  );
}

/** False where one of them cannot be saved, as a file that was changed on disk as well. */
export async function saveIn(folder: string): Promise<boolean> {
  const saved = await Promise.all(unsavedIn(folder).map((document) => document.save()));
  return saved.every(Boolean);
}

/** Closes the editors of a folder's files. What is not saved stays open: it is nowhere else. */
export async function closeEditorsIn(folder: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(
    tabs.filter(({ input, isDirty }) => {
      const uri = input instanceof vscode.TabInputText ? input.uri : mergeResultOf(input);
      return !isDirty && uri !== null && isIn(folder, uri);
    }),
  );
}

/** The file of a merge editor, whose input has no type of its own in the API. */
export function mergeResultOf(input: unknown): vscode.Uri | null {
  if (typeof input !== "object" || input === null || !("result" in input)) return null;
  return input.result instanceof vscode.Uri ? input.result : null;
}

const isIn = (folder: string, { fsPath }: vscode.Uri) => fsPath.startsWith(folder + path.sep);
