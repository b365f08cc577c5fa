import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import { readUnsettled, type Unsettled } from "../../git/cherryPick";
import { isPlain } from "../editor/mark";
import { mergeResultOf } from "../editors";
import { notingResult } from "./mergeResults";

// More editors than this at once help nobody.
const mostOpened = 10;

/** Opens what conflicts in a worktree, in VS Code's merge editor where both sides have a text. Gives how many are left. */
export async function openConflicts(folder: string): Promise<number> {
  const unsettled = (await readUnsettled(folder)).filter((each) => isPlain(each.path));
  // The first one is opened last, so that it is the one in front.
  for (const each of unsettled.slice(0, mostOpened).reverse()) await open(folder, each);
  return unsettled.length;
}

async function open(folder: string, { path: name, both }: Unsettled): Promise<void> {
  const uri = vscode.Uri.file(path.join(folder, name));
  if (both && (await notingResult(uri, () => openMergeEditor(folder, uri)))) return;
  try {
    await vscode.window.showTextDocument(uri, { preview: false });
  } catch {
    // Deleted here, or no text: VS Code's Source Control view has it, and what can be done about it.
    await vscode.commands.executeCommand("workbench.view.scm");
  }
}

/** False where VS Code's own git extension is off, or does not know the worktree. */
async function openMergeEditor(folder: string, uri: vscode.Uri): Promise<boolean> {
  if (!vscode.extensions.getExtension("vscode.git")) return false;
  try {
    await vscode.commands.executeCommand("git.openRepository", folder);
    // A repository that was opened just now may not be known at once, and the command does not say so.
    for (let attempt = 1; attempt <= attempts; attempt++) {
      await vscode.commands.executeCommand("git.openMergeEditor", uri);
      if (await showsUp(uri)) return true;
    }
  } catch {
    // As where there is none: the plain editor is opened.
  }
  return false;
}

const attempts = 3;
const patienceMs = 1_500;

/** The command does not wait for the editor that it opens. */
async function showsUp(uri: vscode.Uri): Promise<boolean> {
  const isShown = () =>
    vscode.window.tabGroups.all.some((group) =>
      group.tabs.some(({ input }) => mergeResultOf(input)?.fsPath === uri.fsPath),
    );
  for (const end = Date.now() + patienceMs; Date.now() < end && !isShown(); ) await sleep(50);
  return isShown();
}
