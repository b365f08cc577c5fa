import assert from "node:assert/strict";
import { existsSync, renameSync } from "node:fs";
import path from "node:path";
import { TestRepo, tempDir } from "../kit/repo";
import { buildStory, type Story } from "../kit/story";
import { Session } from "./kit/session";
import { until } from "./kit/until";
import type { Workbench } from "./kit/workbench";

describe("a person makes a desk for one more agent", () => {
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
    await vscode.treeBecomes((tree) => tree.length === 4, "the story's worktrees");
  });
  after(() => session?.stop());

  it("types a task, chooses an agent, and gets a worktree off what origin has at that moment", async () => {
    const newest = pushFromElsewhere(story, "Round totals");
    await vscode.titleAction("New Agent Worktree");
    await vscode.fill("Add a budget per category");
    const proposed = await vscode.validation(/tally.worktrees/);
    await vscode.restPointer();
    await vscode.screenshot("new-worktree");
    await vscode.confirm();
    await vscode.pick("Claude Code");
    const asked = await vscode.dialog("Yes");
    assert.match(asked, /^Let agents tell Agent Foreman whether they work, wait for you or are idle\?/);
    const said = await vscode.notification(/is ready/);
    const lines = await vscode.treeBecomes(
      (tree) => tree.length === 5 && tree.join().includes("would delete") && tree.join().includes("working"),
      "the new worktree, and the losses on the target that was just fetched",
    );
    await vscode.screenshot("new-worktree-ready");

    assert.deepEqual(
      [proposed, said, lines]
        .flat()
        .map((line) => line.replaceAll(/fetched (just now|\d+ min ago)/g, "fetched lately")),
      [
        "Branch agent/add-a-budget-per-category, folder tally.worktrees/add-a-budget-per-category. It starts from origin/main, which is fetched first (known here: fetched lately).",
        `agent/add-a-budget-per-category is ready, from origin/main at ${newest.slice(0, 8)}, fetched lately.`,
        "tally this window · main · ↓1 · 1 more on the remote",
        "tidy-storage would delete 42 lines of #12, #13 · would conflict with dark-mode · ↑3 ↓1",
        "add-a-budget-per-category working · fresh base",
        "dark-mode would conflict with tidy-storage · locked · ↑2 ↓5 · 1 changed, 1 new",
        "csv-export squash-merged",
      ],
    );
    const made = TestRepo.at(path.join(story.root, "tally.worktrees", "add-a-budget-per-category"));
    assert.equal(made.git("symbolic-ref", "--short", "HEAD"), "agent/add-a-budget-per-category");
    assert.equal(made.git("rev-parse", "HEAD"), newest);
  });

  it("sees its agent ask, work and be idle, and is called when it asks", async () => {
    const row = "add-a-budget-per-category";
    const becomes = (words: string) =>
      vscode.treeBecomes(
        (tree) => tree.some((line) => line.startsWith(`${row} ${words}`)),
        `${row} ${words}`,
      );
    await vscode.typeInTerminal("ask");
    await becomes("waiting for you");
    const needs = await vscode.sectionBecomes("Needs You", (rows) => rows.join().includes("waits for"));
    assert.ok(needs.includes(`${row} Claude Code waits for your answer`), needs.join("\n"));
    await vscode.restPointer();
    await vscode.screenshot("agent-waiting");
    await vscode.typeInTerminal("go");
    await becomes("working");
    await vscode.screenshot("agent-working");
    await vscode.typeInTerminal("stop");
    await becomes("idle");
    await vscode.contextMenu(row, "Clear the Agent's State");
    await becomes("fresh base");
    await vscode.typeInTerminal("go");
    await becomes("working");
    await vscode.typeInTerminal("exit");
    await becomes("agent gone");
    // It says so just before it ends, and its terminal closes just after.
    await vscode.terminalCloses();
  });

  it("opens a terminal in it", async () => {
    await vscode.rowAction("add-a-budget-per-category", "Open in Terminal");
    await vscode.typeInTerminal("touch typed-here");
    const typed = path.join(story.root, "tally.worktrees", "add-a-budget-per-category", "typed-here");
    await until(
      async () => existsSync(typed) || undefined,
      () => `${typed} was never made`,
    );
    await vscode.treeBecomes(
      (tree) => tree.includes("add-a-budget-per-category agent gone · 1 new · fresh base"),
      "the new file",
    );
  });

  it("is asked, with the age of what is known, when origin cannot be reached", async () => {
    renameSync(story.origin, `${story.origin}.away`);
    await vscode.command("Agent Foreman: New Agent Worktree…");
    await vscode.fill("offline-fix");
    await vscode.confirm();
    await vscode.pick("No agent");
    const said = await vscode.notification(/Known here is origin\/main/, "Use What Is Known");
    assert.match(
      said,
      /^origin could not be fetched, so whether the base is up to date is not known\. .* Known here is origin\/main at [0-9a-f]{8}, fetched /,
    );
    await vscode.treeBecomes((tree) => tree.some((line) => line.startsWith("offline-fix")), "offline-fix");
    renameSync(`${story.origin}.away`, story.origin);
  });

  it("is told at once when a name is taken, and nothing is made", async () => {
    const before = repo.git("worktree", "list", "--porcelain");
    await vscode.titleAction("New Agent Worktree");
    await vscode.fill("dark-mode");
    assert.equal(
      await vscode.validation(/dark-mode/),
      "agent/dark-mode is taken by the worktree dark-mode. Choose another name.",
    );
    await vscode.leave();
    assert.equal(repo.git("worktree", "list", "--porcelain"), before);
  });
});

/** A teammate's commit that this clone does not know of yet. */
function pushFromElsewhere(story: Story, message: string): string {
  const clone = path.join(story.root, "teammate");
  TestRepo.at(story.root).git("clone", "-q", story.origin, clone);
  const teammate = TestRepo.at(clone);
  const id = teammate.commit(message, { "src/round.js": "export const round = Math.round;\n" });
  teammate.git("push", "-q", "origin", "main");
  return id;
}
