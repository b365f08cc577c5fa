import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { cli } from "../kit/cli";
import { readFolder } from "../kit/folder";
import { TestRepo, tempDir } from "../kit/repo";
import { buildStory, type Story } from "../kit/story";
import { Session } from "./kit/session";
import type { Workbench } from "./kit/workbench";

describe("a person recovers a stale branch", () => {
  let session: Session;
  let story: Story;
  let repo: TestRepo;
  let vscode: Workbench;

  before(async () => {
    session = await Session.start();
    story = buildStory(path.join(tempDir(), "story"));
    repo = TestRepo.at(story.repo);
    vscode = await session.open(story.repo);
    await vscode.openView();
    await vscode.widenSidebar(520);
  });
  after(() => session?.stop());

  it("from the branch that would delete others' work to one that loses nothing, in two clicks", async () => {
    const old = () => ({
      files: readFolder(story.worktrees.tidyStorage),
      head: repo.git("rev-parse", "agent/tidy-storage"),
      remote: repo.at(story.origin).git("rev-parse", "agent/tidy-storage"),
    });
    const before = old();
    await vscode.treeBecomes(
      (tree) => tree.some((line) => /^tidy-storage would delete 42 lines.*would conflict/.test(line)),
      "the loss and the overlap",
    );
    await vscode.row("tidy-storage").hover();
    await vscode.screenshot("recover-before");

    await vscode.rowAction("tidy-storage", "Recover Branch");
    await vscode.quickInput.getByPlaceholder("2 of 2 commits come along").waitFor({ timeout: 30_000 });
    await vscode.restPointer();
    await vscode.screenshot("recover-plan");
    await vscode.highContrastScreenshot("recover-plan");
    await vscode.quickInput.getByRole("button", { name: "OK" }).click();

    const said = await vscode.notification("is recovered as agent/tidy-storage-recovered and pushed");
    assert.match(said, /origin\/main would lose nothing\./);
    await vscode.treeBecomes(
      (tree) => tree.some((line) => /^tidy-storage-recovered .*↑2 · fresh base/.test(line)),
      "the clean branch",
    );
    await vscode.restPointer();
    await vscode.screenshot("recover-after");
    const check = cli(story.repo, "check", "--head", "agent/tidy-storage-recovered");
    assert.deepEqual([check.exitCode, check.stderr], [0, ""]);
    assert.match(check.stdout, /loses nothing/);
    assert.deepEqual(
      repo.git("log", "--format=%an: %s", "origin/main..origin/agent/tidy-storage-recovered"),
      "Codex: Test the storage\nCodex: Replace the expenses file in one step",
    );
    assert.deepEqual(old(), before);
  });

  it("sees a conflict in the merge editor, and after a restart takes the recovery back", async () => {
    const old = repo.at(path.join(story.root, "old-report"));
    repo.git("worktree", "add", "-q", "--no-track", "-b", "agent/old-report", old.dir, "origin/main~3");
    old.commit("Sum up", { "src/summary.js": "export const summary = 1;\n" });
    const text = readFileSync(path.join(old.dir, "src/cli.js"), "utf8");
    old.commit("Say how to sum up", { "src/cli.js": text.replace("| html", "| html | sum") });
    await vscode.treeBecomes((tree) => tree.some((line) => line.startsWith("old-report")), "the old branch");
    await vscode.command("Agent Foreman: Recover Branch");
    await vscode.pick("agent/old-report");
    await vscode.quickInput
      .getByPlaceholder("there are conflicts for you to settle")
      .waitFor({ timeout: 30_000 });
    await vscode.screenshot("recover-conflict-plan");
    await vscode.quickInput.getByRole("button", { name: "OK" }).click();
    await vscode.notification("agent/old-report conflicts in src/cli.js.");
    const standing = /^old-report-recovered recovering agent\/old-report: 2 of 2, conflict in src\/cli\.js/;
    await vscode.treeBecomes((tree) => tree.some((line) => standing.test(line)), "where it stands");
    await vscode.page.getByRole("tab", { name: /Merging: cli\.js/ }).waitFor({ timeout: 30_000 });
    await vscode.row("old-report-recovered").hover();
    await vscode.screenshot("recover-conflict");

    await vscode.page.reload();
    await vscode.page.locator(".monaco-workbench .activitybar").waitFor({ timeout: 60_000 });
    await vscode.openView();
    await vscode.treeBecomes((tree) => tree.some((line) => standing.test(line)), "where it stands");
    await vscode.rowAction("old-report-recovered", "Abort Recovery");
    await vscode.notification("The recovery of agent/old-report was taken back");
    await vscode.treeBecomes(
      (tree) => !tree.some((line) => /recovering|old-report-recovered/.test(line)),
      "nothing of it",
    );
    assert.equal(await vscode.page.getByRole("tab", { name: /cli\.js/ }).count(), 0);
    await vscode.screenshot("recover-aborted");
    assert.equal(existsSync(path.join(`${story.repo}.worktrees`, "old-report-recovered")), false);
    assert.equal(repo.git("branch", "--list", "agent/old-report-recovered"), "");
  });
});
