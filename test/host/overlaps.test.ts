import assert from "node:assert/strict";
import path from "node:path";
import * as vscode from "vscode";
import { TestRepo } from "../kit/repo";

const top = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
const tidyStorage = path.join(path.dirname(top), ".codex", "worktrees", "tidy-storage");
const darkMode = path.join(path.dirname(top), "tally.worktrees", "dark-mode");

/** Asks for the comparison until the branches have been compared, and gives the tab that it opens. */
async function compare(here: string, other: string): Promise<vscode.Tab> {
  for (;;) {
    await vscode.commands.executeCommand("agentForeman.openOverlap", { path: here, other });
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    if (tab?.label.includes("↔")) return tab;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe("an overlap in a real VS Code", () => {
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("is opened as the other's file beside one's own, at the line that both change", async () => {
    const tab = await compare(tidyStorage, darkMode);
    assert.equal(tab.label, "package.json: dark-mode ↔ tidy-storage");
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    assert.deepEqual(
      [tab.input.original.fsPath, tab.input.modified.fsPath],
      [path.join(darkMode, "package.json"), path.join(tidyStorage, "package.json")],
    );
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? "", /"version": "0\.3\.1"/);
  });

  it("is opened as one tab where it is about several files", async () => {
    const notes = path.join(tidyStorage, "notes.md");
    TestRepo.at(tidyStorage).write({ "notes.md": "Another file of that name.\n" });
    try {
      for (;;) {
        const { label } = await compare(tidyStorage, darkMode);
        if (label.startsWith("dark-mode ↔ tidy-storage")) break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    } finally {
      await vscode.workspace.fs.delete(vscode.Uri.file(notes));
    }
  });
});
