import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "../kit/repo";
import { buildStory, type Story } from "../kit/story";
import { Session } from "./kit/session";
import type { Workbench } from "./kit/workbench";

describe("a person sets up the pipeline that merges by itself", () => {
  let session: Session;
  let story: Story;
  let vscode: Workbench;

  before(async () => {
    session = await Session.start();
    story = buildStory(path.join(tempDir(), "story"));
    vscode = await session.open(story.repo);
    await vscode.openView();
  });
  after(() => session?.stop());

  const written = (file: string) => path.join(story.repo, file);
  const rows = () => vscode.page.locator(".quick-input-widget .monaco-list-row");

  it("sees what would be written, each as a diff, and nothing is written yet", async () => {
    await vscode.command("Agent Foreman: Set Up the Self-Merging Pipeline…");
    const workflow = rows().filter({ hasText: ".github/workflows/agent-foreman.yml" });
    await workflow.waitFor();
    await vscode.screenshot("pipeline-plan");
    await workflow.hover();
    await workflow.getByRole("button", { name: "Show the change" }).click();
    await vscode.page
      .getByRole("tab", { name: /agent-foreman.yml: what would be written/ })
      .waitFor({ timeout: 30_000 });
    await vscode.screenshot("pipeline-diff");
    assert.ok(!existsSync(written(".github")));
  });

  it("gets what was ticked, and nothing else", async () => {
    const template = rows().filter({ hasText: "pull_request_template.md" });
    await template.getByRole("checkbox").click();
    await vscode.page.locator(".quick-input-widget").getByRole("button", { name: "OK" }).click();
    await vscode.notification(/The pipeline is set up as you ticked\. Commit the files, and add the secret/);
    await vscode.screenshot("pipeline-done");
    assert.match(readFileSync(written(".github/workflows/agent-foreman.yml"), "utf8"), /npm run test/);
    assert.ok(existsSync(written(".github/agent-foreman/cli.cjs")));
    assert.ok(!existsSync(written(".github/pull_request_template.md")));
  });
});
