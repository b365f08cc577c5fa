import path from "node:path";
import * as vscode from "vscode";
import { readUnsettled, type Unsettled } from "../../git/cherryPick";
import { isPlain } from "../editor/mark";

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
  if (both && (await openMergeEditor(folder, uri))) return;
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
  const name = path.basename(uri.fsPath);
  const isShown = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes(name) ?? false;
  try {
    await vscode.commands.executeCommand("git.openRepository", folder);
    await vscode.commands.executeCommand("git.openMergeEditor", uri);
  } catch {
    return false;
  }
  return isShown();
}

/** Closes the editors of files that went with their worktree. What is not saved stays open: it is nowhere else. */
export async function closeEditorsIn(folder: string): Promise<void> {
  const isIn = (uri: unknown) => uri instanceof vscode.Uri && uri.fsPath.startsWith(folder + path.sep);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(
    tabs.filter(({ input, isDirty }) => {
      if (isDirty || typeof input !== "object" || input === null) return false;
      // A merge editor has no type of its own in the API; this is where it keeps its file.
      return ("uri" in input && isIn(input.uri)) || ("result" in input && isIn(input.result));
    }),
  );
}
