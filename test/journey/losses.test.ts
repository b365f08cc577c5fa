import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { cli } from "../kit/cli";
import { tempDir } from "../kit/repo";
import { buildStory, type Story } from "../kit/story";
import { EditorPart } from "./kit/editor";
import { Session } from "./kit/session";
import type { Workbench } from "./kit/workbench";

describe("a person sees what an agent would delete, where it is missing", () => {
  let session: Session;
  let story: Story;
  let vscode: Workbench;
  let editor: EditorPart;

  before(async () => {
    session = await Session.start();
    story = buildStory(path.join(tempDir(), "story"));
    vscode = await session.open(story.repo);
    editor = new EditorPart(vscode.page);
  });
  after(() => session?.stop());

  it("is told in Problems without having opened any view or file", async () => {
    await editor.problemsBecome(5);
    const said = await editor.problems();
    assert.ok(
      said.some((text) =>
        text.startsWith(
          "The merge into origin/main would lose 4 lines of #12. Shipped by Claude with CSV export (#12).",
        ),
      ),
      said.join("\n"),
    );
    await vscode.screenshot("losses-problems");
    const files = await editor.problemFiles();
    assert.deepEqual(files, ["CHANGELOG.md", "README.md", "cli.js", "csv.js", "csv.test.js"]);
    await editor.closePanel();
  });

  it("goes from the tree to the place, and reads there what is missing and whose it is", async () => {
    await vscode.openView();
    await vscode.widenSidebar(340);
    await vscode.treeBecomes((tree) => tree.some((line) => line.includes("would delete")), "the loss");
    await vscode.toggle("tidy-storage");
    await vscode.row("src/cli.js").click();
    await editor.shows('⟵ 2 lines of #12 would go: } else if (command === "export") {');
    await vscode.restPointer();
    await vscode.screenshot("losses");
    await vscode.highContrastScreenshot("losses");
    const hover = await editor.hoverBeside("2 lines of #12 would go");
    assert.match(hover, /Merging agent\/tidy-storage into origin\/main would lose 4 lines of #12/);
    assert.match(hover, /CSV export \(#12\), by Claude, 24 h ago/);
    assert.match(hover, /process\.stdout\.write\(toCsv\(load\(\)\)\);/);
    await vscode.screenshot("losses-hover");
  });

  it("restores the lines with one click, and the warning is gone", async () => {
    await editor.lens("Restore 4 lines of #12");
    await editor.showsNo("would go");
    await vscode.page.keyboard.press("Control+S");
    await vscode.treeBecomes(
      (tree) => tree.some((line) => line.includes("would delete 38 lines")),
      "4 lines less",
    );
    const text = readFileSync(path.join(story.worktrees.tidyStorage, "src/cli.js"), "utf8");
    assert.match(text, /export"\) \{\n {2}process\.stdout\.write\(toCsv\(load\(\)\)\);/);
    assert.match(text, /createStorage/);
    await vscode.screenshot("losses-restored");
  });

  it("reads a file that is gone as the target has it, and brings it back", async () => {
    await vscode.row("src/csv.js").click();
    await editor.lensShown("Restore this file (15 lines of #12)");
    await vscode.restPointer();
    await vscode.screenshot("losses-file");
    await vscode.highContrastScreenshot("losses-file");
    await editor.lens("Restore this file (15 lines of #12)");
    await vscode.treeBecomes(
      (tree) => tree.some((line) => line.includes("would delete 23 lines")),
      "15 lines less",
    );
  });

  it("does the same by keyboard alone, and takes it back", async () => {
    await vscode.row("CHANGELOG.md").click();
    await editor.shows("⟵ 3 lines of #12 would go: ## 0.4.0");
    await editor.nextProblem();
    await editor.quickFix("Restore these lines");
    await editor.showsNo("would go");
    await vscode.page.keyboard.press("Control+Z");
    await editor.shows("⟵ 3 lines of #12 would go: ## 0.4.0");
    await vscode.page.keyboard.press("Control+S");
    await vscode.treeBecomes(
      (tree) => tree.some((line) => line.includes("would delete 23 lines")),
      "the 3 lines again",
    );
  });

  it("compares the target with what the merge would make of it", async () => {
    await vscode.contextMenu("CHANGELOG.md", "Show What the Merge Would Do");
    await vscode.page.getByRole("tab", { name: /CHANGELOG\.md: origin\/main ↔ after the merge/ }).waitFor();
    await editor.line("CSV export");
    await vscode.restPointer();
    await vscode.screenshot("losses-merge");
  });

  it("says that a deletion is meant, with a reason, and sees it settled, on the command line too", async () => {
    await vscode.contextMenu("README.md", "It Is Meant");
    await vscode.quickInput.waitFor();
    await vscode.screenshot("losses-meant");
    await vscode.pick("Moved elsewhere");
    await vscode.notification("Noted as meant to go: 5 lines of #13.");
    await vscode.treeBecomes(
      (tree) => tree.includes("  README.md meant to go: Moved elsewhere"),
      "what is meant",
    );
    const { stdout } = cli(story.worktrees.tidyStorage, "check", "--worktree");
    assert.match(stdout, /would lose other people's work: 18 lines in 2 files/);
    assert.match(stdout, /^1 deletion meant: README\.md\.$/m);
  });

  it("reads why what only looks deleted is no loss", async () => {
    await vscode.toggle("tidy-storage");
    await vscode.toggle("dark-mode");
    await vscode.row("Plain diff").click();
    await vscode.page.getByRole("tab", { name: /Why nothing is lost/ }).waitFor({ timeout: 30_000 });
    await vscode.page.waitForTimeout(2_000);
    await vscode.screenshot("losses-looks-only");
  });
});
