import assert from "node:assert/strict";
import path from "node:path";
import * as vscode from "vscode";

const id = "agent-foreman.agent-foreman";

describe("the extension in a real VS Code", () => {
  it("is there, and is activated by its first command", async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension);
    await vscode.commands.executeCommand("agentForeman.refresh");
    assert.equal(extension.isActive, true);
  });

  it("registers every command that its manifest names", async () => {
    const manifest = vscode.extensions.getExtension(id)?.packageJSON;
    const promised: string[] = manifest.contributes.commands.map(
      (entry: { command: string }) => entry.command,
    );
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      promised.filter((command) => !registered.includes(command)),
      [],
    );
  });

  it("runs on the demo's repo", () => {
    assert.deepEqual(
      vscode.workspace.workspaceFolders?.map((folder) => path.basename(folder.uri.fsPath)),
      ["tally"],
    );
  });
});
