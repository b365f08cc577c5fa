import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { tempDir } from "../kit/repo";

function findingsTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith("agentForeman.findings"),
    );
}

async function titled(title: string): Promise<void> {
  const isThere = () => findingsTabs().some(({ label }) => label === title);
  if (isThere()) return;
  await new Promise<void>((resolve) => {
    const listening = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (!isThere()) return;
      listening.dispose();
      resolve();
    });
  });
}

describe("the findings panel in a real VS Code", () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";

  after(async () => {
    await vscode.window.tabGroups.close(findingsTabs());
  });

  it("shows what the command line imported, in one tab however often it is asked for", async () => {
    const file = path.join(tempDir(), "claude.json");
    const finding = { title: "t", path: "src/storage.js", severity: "nit", category: "bug" };
    writeFileSync(file, JSON.stringify({ schemaVersion: 1, findings: [finding] }));
    const extension = vscode.extensions.getExtension("agent-foreman.agent-foreman");
    const cli = path.join(extension?.extensionPath ?? "", "dist/cli.js");
    execFileSync(process.execPath, [cli, "findings", "--repo", folder, "--import", file], { stdio: "pipe" });

    await vscode.commands.executeCommand("agentForeman.openFindings", { path: folder });
    // The tab has this name only once the page has run, asked, and was answered.
    await titled("Findings of main");
    await vscode.commands.executeCommand("agentForeman.openFindings", { path: folder });
    assert.deepEqual(
      findingsTabs().map(({ label }) => label),
      ["Findings of main"],
    );
  });

  it("decides by the commands of the comments in the editor, and hands the accepted one on in a file that git does not see", async () => {
    const extension = vscode.extensions.getExtension("agent-foreman.agent-foreman");
    const cli = path.join(extension?.extensionPath ?? "", "dist/cli.js");
    const listed = () => {
      const args = [cli, "findings", "--repo", folder, "--format", "json"];
      const { findings } = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
      return findings[0] as {
        id: string;
        status: string;
        sentAt: string | null;
        decision: { reason: string } | null;
      };
    };
    const { id: finding } = listed();
    const about = { path: folder, finding };
    await vscode.commands.executeCommand("agentForeman.overruleFinding", { ...about, reason: "intended" });
    assert.deepEqual([listed().status, listed().decision?.reason], ["overruled", "intended"]);
    await vscode.commands.executeCommand("agentForeman.reopenFinding", about);
    assert.equal(listed().status, "open");
    await vscode.commands.executeCommand("agentForeman.acceptFinding", about);
    await vscode.commands.executeCommand("agentForeman.sendFindings", { path: folder });
    const file = path.join(folder, "AGENT_FEEDBACK.md");
    assert.match(readFileSync(file, "utf8"), /^# Review findings to fix\n[\s\S]*\n## t\n/);
    // Throws where git does not ignore it.
    execFileSync("git", ["check-ignore", "--quiet", file], { cwd: folder });
    rmSync(file);
    assert.ok(listed().sentAt);
    await vscode.commands.executeCommand("agentForeman.reopenFinding", about);
  });
});
