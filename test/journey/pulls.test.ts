import assert from "node:assert/strict";
import path from "node:path";
import { GitHubServer } from "../kit/github";
import { TestRepo, tempDir } from "../kit/repo";
import { buildStory } from "../kit/story";
import { Session } from "./kit/session";
import type { Workbench } from "./kit/workbench";

describe("a person supervises pull requests", () => {
  let github: GitHubServer;
  let session: Session;
  let vscode: Workbench;
  let repo: TestRepo;

  before(async () => {
    github = await GitHubServer.start();
    const story = buildStory(path.join(tempDir(), "story"));
    repo = TestRepo.at(story.repo);
    for (const name of ["round-half-up", "sort-totals"]) {
      const folder = path.join(story.root, "agents", name);
      repo.git("worktree", "add", "-q", "--no-track", "-b", `agent/${name}`, folder, "origin/main");
      TestRepo.at(folder).commit(`feat: ${name.replaceAll("-", " ")}`, {
        [`src/${name}.js`]: "export {};\n",
      });
    }
    const { world } = github;
    repo.git(
      "push",
      "-q",
      world.origin.dir,
      "refs/remotes/origin/main:refs/heads/main",
      "agent/round-half-up",
      "agent/dark-mode",
    );
    repo.git("push", "-q", world.origin.dir, "agent/tidy-storage");
    repo.git("remote", "set-url", "origin", github.remote);
    world.required = ["test"];
    const round = world.open("agent/round-half-up", { title: "feat: round half up" });
    world.check(round.head, "test", "FAILURE");
    const dark = world.open("agent/dark-mode", { title: "Dark mode", draft: true });
    world.check(dark.head, "test", "SUCCESS");
    const cloud = world.open("copilot/tidy", {
      title: "Tidy up the storage",
      from: "bob/tally",
      author: "bob",
      head: world.tip("agent/tidy-storage") ?? "",
    });
    world.check(cloud.head, "test", "SUCCESS");
    session = await Session.start({
      GITHUB_TOKEN: github.token,
      GITHUB_API_URL: github.url,
      GITHUB_SERVER_URL: github.url,
    });
    vscode = await session.open(story.repo);
  });
  after(async () => {
    await session?.stop();
    await github?.close();
  });

  it("sees each beside its worktree, those without one in a list of their own, and what needs a person in one list", async () => {
    await vscode.openView();
    await vscode.widenSidebar(520);
    await vscode.treeBecomes(
      (tree) => ["#1 failed: test", "#2 draft"].every((words) => tree.join().includes(words)),
      "the pull requests",
    );
    assert.deepEqual(
      await vscode.sectionBecomes("Pull Requests Without a Worktree", (rows) =>
        ["would delete", "would conflict"].every((words) => rows.join().includes(words)),
      ),
      [
        "#3 Tidy up the storage would delete 42 lines of #12, #13 · would conflict with dark-mode · checks passed · bob",
      ],
    );
    const needs = await vscode.sectionBecomes(
      "Needs You",
      (rows) => rows.filter((row) => row.includes("would conflict")).length === 2 && rows.length === 3,
    );
    assert.deepEqual(
      // What is not done is found out last.
      needs.map((row) => row.replace(/ · not done: .*/, "")),
      [
        "tidy-storage would delete 42 lines of #12, #13 · would conflict with dark-mode",
        "#3 Tidy up the storage would delete 42 lines of #12, #13 · would conflict with dark-mode",
        "round-half-up failed: test",
      ],
    );
    await vscode.screenshot("pulls");
  });

  it("has failed checks run again, lets it merge when ready, and is offered to clean up when GitHub has merged it", async () => {
    const { world } = github;
    const round = world.find(1) ?? assert.fail();
    await vscode.contextMenu("round-half-up", "Run Failed Checks Again");
    await vscode.treeBecomes((tree) => tree.join().includes("#1 checks running"), "running checks");
    await vscode.contextMenu("round-half-up", "Merge When Ready");
    await vscode.treeBecomes(() => round.autoMerge !== null, "the armed pull request");
    world.check(round.head, "test", "SUCCESS");
    await vscode.titleAction("Refresh");
    await vscode.treeBecomes((tree) => tree.join().includes("#1 merged"), "the merged pull request");
    await vscode.notification("#1 is merged, and round-half-up is not needed any more.", "Remove Worktree");
    await vscode.treeBecomes(
      (tree) => tree.every((line) => !line.startsWith("round-half-up")),
      "no round-half-up",
    );
  });

  it("checks one out that has no worktree here, and is told where a push from it goes", async () => {
    const row = vscode
      .section("Pull Requests Without a Worktree")
      .locator(".monaco-list-row", { hasText: "#3 Tidy up" });
    await row.hover();
    await row.getByRole("button", { name: "Check Out as a Worktree" }).click();
    assert.equal(
      await vscode.notification("#3 is checked out"),
      "#3 is checked out as pr-3. A push from there does not go into the pull request, whose branch is copilot/tidy of bob/tally.",
    );
    await vscode.treeBecomes((tree) => tree.some((line) => line.startsWith("pr-3 would delete")), "pr-3");
    await vscode.screenshot("pull-checked-out");
  });

  it("opens one for a worktree, with a text that is drafted from its commits", async () => {
    const { world } = github;
    world.templates.push({ filename: "pull_request_template.md", body: "## Ticket\n" });
    await vscode.contextMenu("sort-totals", "Open a Pull Request");
    await vscode.confirm();
    const said = await vscode.dialog("Open as Draft");
    assert.match(said, /Push agent\/sort-totals and open a pull request into main\?/);
    await vscode.notification("#4 is open.");
    await vscode.treeBecomes((tree) => tree.join().includes("#4 draft"), "the new pull request");
    const { title, body, draft, branch } = world.find(4) ?? assert.fail();
    assert.deepEqual([title, draft, branch], ["feat: sort totals", true, "agent/sort-totals"]);
    assert.match(body, /^## Ticket\n\n### Done\n- \[ \] /);
  });

  it("reads why GitHub does not answer, and still sees what was known", async () => {
    github.fail("unauthorized");
    await vscode.titleAction("Refresh");
    const [first] = await vscode.sectionBecomes(
      "Pull Requests Without a Worktree",
      (rows) => rows.length === 1,
    );
    assert.match(first ?? "", /^127\.0\.0\.1 does not accept the sign-in any more\. as it was/);
    await vscode.treeBecomes((tree) => tree.join().includes("#4 draft, as it was"), "what was known");
    await vscode.screenshot("pulls-signed-out");
    github.recover();
  });

  it("signs in from the row that asks for it, and is asked by VS Code itself", async () => {
    repo.git("remote", "set-url", "origin", "https://github.com/ann/tally.git");
    await vscode.command("Agent Foreman: Refresh Worktrees");
    await vscode.sectionBecomes("Pull Requests Without a Worktree", (rows) =>
      rows.includes("Sign in to GitHub"),
    );
    await vscode.section("Pull Requests Without a Worktree").getByText("Sign in to GitHub").click();
    assert.match(await vscode.dialog("Cancel"), /Agent Foreman.* wants to sign in using GitHub/);
  });
});
