import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { TestRepo, tempDir } from "../kit/repo";
import { buildStory, type Story } from "../kit/story";
import { Session } from "./kit/session";
import { until } from "./kit/until";
import type { Workbench } from "./kit/workbench";

describe("a person clears a desk", () => {
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
    await vscode.widenSidebar(420);
    await vscode.treeBecomes(
      // All facts are in, so that no row moves away under the pointer.
      (tree) => ["merged", "would delete", "would conflict"].every((fact) => tree.join().includes(fact)),
      "csv-export as merged, the losses and the overlaps",
    );
  });
  after(() => session?.stop());

  it("removes the merged one with a click, and brings it back with another", async () => {
    const head = repo.git("rev-parse", "agent/csv-export");
    await vscode.rowAction("csv-export", "Remove Worktree");
    await vscode.treeBecomes((tree) => tree.every((line) => !line.startsWith("csv-export")), "no csv-export");
    assert.equal(existsSync(story.worktrees.csvExport), false);
    assert.equal(repo.git("branch", "--list", "agent/csv-export"), "");
    await vscode.screenshot("removed");

    const said = await vscode.notification(/csv-export/, "Undo");
    await vscode.treeBecomes(
      (tree) => tree.some((line) => line.startsWith("csv-export")),
      "csv-export again",
    );
    const again = TestRepo.at(story.worktrees.csvExport);
    // The row is there as soon as git lists the worktree; its files come after that.
    const changes = () => again.git("status", "--porcelain");
    await until(
      async () => changes() === "" || undefined,
      () => `the files are not back:\n${changes()}`,
    );
    assert.deepEqual(
      [said, again.git("rev-parse", "HEAD"), again.git("symbolic-ref", "--short", "HEAD")],
      ["The worktree and its branch agent/csv-export were removed.", head, "agent/csv-export"],
    );
  });

  it("is refused the one that an agent has locked, with the reason", async () => {
    await vscode.contextMenu("dark-mode", "Remove Worktree");
    assert.equal(
      await vscode.notification(/locked/),
      `${story.worktrees.darkMode} is locked: GitHub Copilot is working here. Unlock it first, if that reason no longer holds.`,
    );
    assert.equal(existsSync(story.worktrees.darkMode), true);
  });

  it("is told what would go with unmerged work, and can leave it", async () => {
    await vscode.contextMenu("tidy-storage", "Remove Worktree");
    const said = await vscode.dialog("Cancel");
    assert.equal(
      said,
      "Remove the worktree tidy-storage?• 3 commits not in the target: “Test the storage”, “Replace the expenses file in one step” and 1 more.Undo brings back the folder, the branch and every uncommitted file.",
    );
    assert.equal(existsSync(story.worktrees.tidyStorage), true);
  });
});
