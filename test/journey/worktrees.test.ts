import assert from "node:assert/strict";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { TestRepo, tempDir } from "../kit/repo";
import { buildStory, type Story } from "../kit/story";
import { Session } from "./kit/session";
import { until } from "./kit/until";
import type { Workbench } from "./kit/workbench";

describe("a person looks at the worktrees", () => {
  let session: Session;
  let story: Story;
  let vscode: Workbench;

  before(async () => {
    session = await Session.start();
    story = buildStory(path.join(tempDir(), "story"));
    vscode = await session.open(story.repo);
  });
  after(() => session?.stop());

  it("sees every worktree of the repo, whoever made it, and what is true of each", async () => {
    await vscode.openView();
    const rows = [
      "tally this window · main",
      "tidy-storage would delete 42 lines of #12, #13 · would conflict with dark-mode · ↑3",
      "dark-mode would conflict with tidy-storage · locked · ↑2 ↓4 · 1 changed, 1 new",
      "csv-export squash-merged",
    ];
    await vscode.treeBecomes((tree) => isDeepStrictEqual(tree, rows), rows.join("\n"));
  });

  it("can read it in light, dark and high contrast", async () => {
    await vscode.widenSidebar(420);
    await vscode.screenshot("worktrees");
    await vscode.highContrastScreenshot("worktrees");
  });

  it("reads whose work the red one would delete, file by file", async () => {
    await vscode.widenSidebar(640);
    await vscode.toggle("tidy-storage");
    const lines = await vscode.treeBecomes((tree) => tree.length > 10, "the files that would be lost");
    assert.deepEqual(lines.slice(1, 9), [
      "tidy-storage would delete 42 lines of #12, #13 · would conflict with dark-mode · ↑3",
      "  Branch agent/tidy-storage",
      "  CHANGELOG.md 3 lines, shipped by Claude with CSV export (#12)",
      "  README.md 5 lines, shipped by Jon Okafor with Explain the storage format (#13)",
      "  src/cli.js 4 lines, shipped by Claude with CSV export (#12)",
      "  src/csv.js the whole file, shipped by Claude with CSV export (#12)",
      "  test/csv.test.js the whole file, shipped by Claude with CSV export (#12)",
      "  Would conflict with dark-mode in package.json",
    ]);
    await vscode.screenshot("sidebar", { x: 0, y: 30, width: 692, height: 414 });
  });

  it("compares two that would conflict, and goes from the one to the other", async () => {
    await vscode.row("Would conflict").click();
    const title = "package.json: dark-mode ↔ tidy-storage";
    await vscode.page.getByRole("tab", { name: title }).waitFor({ timeout: 30_000 });
    await vscode.page.locator(".editor.modified .view-line", { hasText: "0.3.1" }).first().waitFor();
    await vscode.restPointer();
    await vscode.screenshot("overlap");
    await vscode.rowAction("Would conflict", "Go to the Other Worktree");
    const selected = vscode.view.locator(".monaco-list-row.selected .label-name");
    await until(
      async () => (await selected.textContent()) === "dark-mode" || undefined,
      () => "the row of dark-mode was never selected",
    );
    await vscode.toggle("tidy-storage");
    await vscode.page.keyboard.press("Escape");
  });

  it("sees a worktree that another program makes, and sees it go, without doing anything", async () => {
    const repo = TestRepo.at(story.repo);
    const folder = path.join(story.root, "elsewhere", "hot-fix");
    repo.git("worktree", "add", "-q", "-b", "hot-fix", folder);
    await vscode.treeBecomes((tree) => tree.some((line) => line.startsWith("hot-fix")), "hot-fix");
    repo.git("worktree", "remove", folder);
    await vscode.treeBecomes((tree) => tree.every((line) => !line.startsWith("hot-fix")), "no hot-fix");
  });

  it("sees a worktree's new file and commit as they come", async () => {
    const tidyStorage = TestRepo.at(story.worktrees.tidyStorage);
    const tidyStorageLine =
      "tidy-storage would delete 42 lines of #12, #13 · would conflict with dark-mode · ↑3";
    tidyStorage.write({ "src/new.js": "export {};\n" });
    await vscode.treeBecomes((tree) => tree.includes(`${tidyStorageLine} · 1 new`), "the new file");
    tidyStorage.git("add", "-A");
    tidyStorage.git("commit", "-q", "-m", "One more");
    await vscode.treeBecomes((tree) => tree.includes(tidyStorageLine.replace("↑3", "↑4")), "the commit");
  });
});
