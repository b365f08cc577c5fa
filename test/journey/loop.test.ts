import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { cliBeside } from "../kit/cli";
import type { GitHubServer } from "../kit/github";
import { TestRepo } from "../kit/repo";
import type { Story } from "../kit/story";
import { runAsGitHub } from "../pipeline/runJob";
import { type Job, workflowTools } from "../pipeline/tools";
import { FindingsTab } from "./kit/findings";
import { ReviewStory } from "./kit/reviewStory";
import { Session } from "./kit/session";
import { until } from "./kit/until";
import type { Workbench } from "./kit/workbench";

const alarm = {
  title: "Days are counted by their text",
  path: "src/days.js",
  quote: "new Set(expenses.map(({ date }) => date)).size",
  severity: "minor",
  category: "bug",
  failureScenario: "Two spellings of one day would be two days.",
};

/** The pipeline, set up as its command does it, and what the server then waits for. */
async function setUp({ repo, worktrees }: Story, { token, url, world }: GitHubServer): Promise<void> {
  const main = TestRepo.at(repo);
  // The others of the story have no work today.
  main.git("worktree", "unlock", worktrees.darkMode);
  for (const folder of [worktrees.darkMode, worktrees.tidyStorage, worktrees.csvExport])
    main.git("worktree", "remove", "--force", folder);
  main.git("branch", "-qD", "agent/dark-mode", "agent/tidy-storage", "agent/csv-export");
  main.git("push", "-q", world.origin.dir, "main");
  const env = { GITHUB_TOKEN: token, GITHUB_API_URL: url, GITHUB_SERVER_URL: url };
  const { exitCode, stderr } = await cliBeside(env, repo, "setup", "--github");
  assert.equal(exitCode, 0, stderr);
  main.commit("chore: the pipeline");
  world.required = ["agent-foreman", "agent-foreman/review"];
}

describe("a pull request merges by itself, and a person is called for what goes red", () => {
  let session: Session;
  let story: ReviewStory;
  let vscode: Workbench;
  let panel: FindingsTab;
  let agent: TestRepo;
  let foreman: Job;

  before(async function () {
    this.timeout(300_000);
    story = await ReviewStory.start(setUp);
    agent = TestRepo.at(story.worktree);
    const file = path.join(story.repo, ".github/workflows/agent-foreman.yml");
    foreman =
      (await workflowTools()).read(readFileSync(file, "utf8")).jobs.foreman ?? assert.fail("no such job");
    session = await Session.start(story.env);
    vscode = await session.open(story.repo);
    panel = new FindingsTab(vscode.page);
  });
  after(async () => {
    await session?.stop();
    await story?.stop();
  });

  /** What GitHub does on a push: the job's own commands, on a checkout, and their outcome as a check. */
  function runWorkflow(): string {
    const { world } = story.github;
    const where = { repo: agent, origin: world.origin.dir, branch: "agent/keep-days" };
    const { code, output } = runAsGitHub(foreman, where);
    world.check(agent.git("rev-parse", "HEAD"), "agent-foreman", code === 0 ? "SUCCESS" : "FAILURE");
    return output;
  }
  const needs = (wanted: (rows: string) => boolean) =>
    vscode.sectionBecomes("Needs You", (rows) => wanted(rows.join("\n")));

  it("is armed at once; its red gates stand in Needs You, with the place and the reason", async () => {
    await vscode.openView();
    await vscode.widenSidebar(560);
    assert.match(runWorkflow(), /title=Done%3A changelog::/);
    await vscode.treeBecomes((tree) => tree.join().includes("#1"), "the pull request");
    await vscode.contextMenu("keep-days", "Merge When Ready");
    await vscode.treeBecomes(
      () => story.github.world.find(1)?.autoMerge === "SQUASH",
      "the armed pull request",
    );
    await needs((rows) => /keep-days .*failed: agent-foreman.*not done: .*Changelog/.test(rows));
    await vscode.restPointer();
    await vscode.screenshot("loop-red");
  });

  it("is put right by its agent, and then only the review is open, for which a person clicks", async () => {
    const log = agent.git("show", "HEAD:CHANGELOG.md");
    const entry = "- Days are counted.";
    agent.commit("docs: changelog", { "CHANGELOG.md": log.replace(/^- /m, `${entry}\n- `) });
    agent.git("push", "-q", story.github.world.origin.dir, "agent/keep-days");
    runWorkflow();
    await vscode.titleAction("Refresh");
    await needs((rows) => !rows.includes("Changelog") && !rows.includes("failed"));
    story.raises = [alarm];
    await vscode.contextMenu("keep-days", "Review Changes");
    await vscode.pick("Claude Code");
    await vscode.notification(/Claude Code found one thing in keep-days\./, "Show Findings");
    assert.deepEqual(await panel.titles(1), [alarm.title]);
    await needs((rows) => rows.includes("1 finding to decide"));
    assert.equal(story.github.world.find(1)?.state, "OPEN");
    await vscode.screenshot("loop-decide");
  });

  it("is merged by the server once the finding is decided and published; the branch goes there", async () => {
    await panel.focus();
    await panel.press("o", "1");
    await panel.progress("1 of 1 decided");
    await panel.frame.getByRole("button", { name: "Publish" }).click();
    await vscode.notification("Its status is success");
    const { world } = story.github;
    await until(
      async () => {
        world.sync();
        return world.find(1)?.state === "MERGED" ? true : undefined;
      },
      () => `it is ${world.find(1)?.state}, with ${JSON.stringify(world.checks)}`,
    );
    assert.equal(world.tip("agent/keep-days"), null);
    assert.match(world.origin.git("show", "main:CHANGELOG.md"), /Days are counted/);
  });

  it("leaves nothing: the worktree goes with one click, and nothing needs anybody", async () => {
    await vscode.titleAction("Refresh");
    await vscode.notification("#1 is merged, and keep-days is not needed any more.", "Remove Worktree");
    await vscode.treeBecomes((tree) => !tree.join().includes("keep-days"), "no keep-days");
    assert.equal(existsSync(story.worktree), false);
    await vscode.page.getByText("No agent has a worktree of its own in this repo yet.").waitFor();
    // Neither its findings nor a view of what needs a person is left.
    assert.equal(await vscode.page.locator(".pane-header", { hasText: "Needs You" }).count(), 0);
    assert.equal(await vscode.page.getByRole("tab", { name: /^Findings of/ }).count(), 0);
    await vscode.screenshot("loop-merged");
  });
});
