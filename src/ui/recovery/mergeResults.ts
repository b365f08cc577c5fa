import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";

/** What VS Code's merge editor made of a file by itself as it opened, before anybody could edit it. */
interface MergeResult {
  readonly before: Buffer;
  readonly text: string;
}

const results = new Map<string, Promise<MergeResult | null>>();

// It does so a moment after it is shown, also where it was closed by then; what comes later is taken for the person's.
const patienceMs = 5_000;

/** Opens a merge editor, and notes what it makes of the file: auto save would have it look like somebody's work. */
export async function notingResult(uri: vscode.Uri, open: () => Promise<boolean>): Promise<boolean> {
  const before = await readFile(uri.fsPath);
  results.delete(uri.fsPath);
  const isOpen = await open();
  if (isOpen) results.set(uri.fsPath, resultOf(uri.fsPath, before));
  return isOpen;
}

async function resultOf(file: string, before: Buffer): Promise<MergeResult | null> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50)) {
    const document = openDocument(file);
    if (document?.isDirty) return { before, text: document.getText() };
  }
  return null;
}

/** Puts a folder's files that nobody has edited since back as the merge editor found them. */
export async function dropResults(folder: string): Promise<void> {
  for (const [file, noted] of results) {
    if (!file.startsWith(folder + path.sep)) continue;
    results.delete(file);
    const result = await noted;
    const document = openDocument(file);
    if (!result || document?.getText() !== result.text || !(await document.save())) continue;
    await writeFile(file, result.before);
  }
}

const openDocument = (file: string) =>
  vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "file" && uri.fsPath === file);
