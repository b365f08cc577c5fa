import assert from "node:assert/strict";
import { lastWords } from "../kit/models";
import { FindingsTab } from "./kit/findings";
import { type Raised, ReviewStory } from "./kit/reviewStory";
import { Session } from "./kit/session";
import { until } from "./kit/until";
import type { Workbench } from "./kit/workbench";

const real: Raised = {
  title: "A save that is cut off leaves a broken file, and every expense is gone",
  path: "src/storage.js",
  quote: "writeFileSync(file, JSON.stringify({ version: 1, expenses }, null, 2));",
  severity: "blocker",
  category: "bug",
  failureScenario:
    "The disk fills up while a save is under way → the next load throws, and there is no older copy.",
  suggestion: {
    quote: "writeFileSync(file, text);",
    replacement: "writeFileSync(draft, text);\nrenameSync(draft, file);",
  },
};
const alarms: readonly [Raised, Raised] = [
  {
    title: "Large amounts lose their cents",
    path: "src/money.js",
    quote: "return (cents / 100).toFixed(2);",
    severity: "minor",
    category: "bug",
    failureScenario: "Amounts of more than ten digits lose cents.",
  },
  {
    title: "Categories that differ in case are summed apart",
    path: "src/report.js",
    quote: "sums.set(category, (sums.get(category) ?? 0) + cents);",
    severity: "nit",
    category: "bug",
    failureScenario: "Coffee and coffee are two rows.",
  },
];
const inOtherWords: readonly Raised[] = [
  {
    ...alarms[0],
    title: "formatAmount is not exact",
    quote: "export function formatAmount(cents) {\n  return (cents / 100).toFixed(2);",
  },
  {
    ...alarms[1],
    title: "Upper and lower case make two categories",
    category: "conventions",
    failureScenario: "Coffee, coffee: summed apart, two rows.",
  },
];

describe("a person adjudicates a review", () => {
  let session: Session;
  let story: ReviewStory;
  let vscode: Workbench;
  let panel: FindingsTab;

  before(async function () {
    this.timeout(300_000);
    story = await ReviewStory.start();
    session = await Session.start(story.env);
    vscode = await session.open(story.repo);
    panel = new FindingsTab(vscode.page);
  });
  after(async () => {
    await session?.stop();
    await story?.stop();
  });

  it("has a branch reviewed that nobody reviewed: by its own tests, then by a fresh Claude Code", async () => {
    await vscode.openView();
    // The rows keep their places only once the worst is known.
    await vscode.treeBecomes(
      (tree) => ["would delete", "would conflict", "#1"].every((words) => tree.join().includes(words)),
      "what is known of all",
    );
    await vscode.contextMenu("keep-days", "Show Findings");
    await panel.frame.getByText("This branch was not reviewed").waitFor({ timeout: 30_000 });
    story.raises = [real, ...alarms];
    await panel.frame.getByRole("button", { name: "Review" }).click();
    await vscode.quickInput.getByPlaceholder("Who reviews?").waitFor();
    await vscode.screenshot("review-reviewers");
    await vscode.pick("Claude Code");
    assert.deepEqual(await panel.titles(3), [real.title, ...alarms.map(({ title }) => title)]);
    await vscode.notification(/Claude Code found 3 things in keep-days\. It cost /);
  });

  it("can read it in light, dark and high contrast", async () => {
    await vscode.screenshot("findings");
    await vscode.highContrastScreenshot("findings");
  });

  it("accepts one and overrules two, by keyboard alone", async () => {
    await panel.focus();
    await panel.press("a");
    await panel.progress("1 of 3 decided");
    await panel.press("o", "1");
    await panel.progress("2 of 3 decided");
    await panel.press("o", "3");
    await panel.progress("3 of 3 decided");
    await panel.frame.getByText("Claude Code 33 % (1 of 3)").waitFor();
  });

  it("tells the agent in its terminal, which gets exactly the one that was accepted", async () => {
    await vscode.contextMenu("keep-days", "Start Agent Here");
    await vscode.pick("Claude Code");
    await vscode.fill("Count the days");
    await vscode.confirm();
    await vscode.dialog("Yes");
    // It is idle before its first prompt as well.
    await until(
      async () => story.asked.find((each) => lastWords(each).includes("Count the days")),
      () => "the agent was never asked",
    );
    await until(
      async () => ((await story.cli("list")).stdout.includes("idle") ? true : undefined),
      () => "the agent never came to its end",
    );
    await vscode.treeBecomes((tree) => tree.join().includes("idle"), "the idle agent");
    await panel.frame.getByRole("button", { name: "Send 1 to the Agent" }).click();
    await vscode.notification("One finding was sent to Claude Code: keep-days.");
    const read = await until(
      async () => story.asked.map(lastWords).find((words) => words.includes("# Review findings to fix")),
      () => `the agent never read it; it was asked ${story.asked.length} times`,
    );
    assert.deepEqual(read.match(/## [^\\\n]+/g), [`## ${real.title}`]);
    assert.equal(story.asked.filter((each) => lastWords(each).includes("Read AGENT_FEEDBACK.md")).length, 1);
    await vscode.screenshot("findings-agent");
    await vscode.command("Toggle Terminal");
  });

  it("publishes it: one review with the remark at its line, what was overruled and why, and a status", async () => {
    const { world } = story.github;
    await panel.frame.getByRole("button", { name: "Publish" }).click();
    await vscode.notification("The review is published to #1. Its status is failure");
    assert.deepEqual(
      world.talk.threads.map(({ path, line }) => `${path}:${line}`),
      ["src/storage.js:15"],
    );
    const [review, ...others] = world.talk.reviews;
    assert.equal(others.length, 0);
    assert.match(
      review?.body ?? "",
      /Overruled[\s\S]*\| Large amounts lose their cents \| src\/money.js:9 \| False alarm \| Mara Lind \|/,
    );
    assert.deepEqual(
      world.checks.map(({ name, conclusion, description }) => [name, conclusion, description]),
      [["agent-foreman/review", "FAILURE", "One accepted finding is to be fixed"]],
    );
  });

  it("is asked nothing again when the next reviewer raises the false alarms in other words", async () => {
    await story.review(...inOtherWords);
    await panel.progress("5 of 5 decided");
    const { stdout: listed } = await story.cli("findings");
    assert.match(listed, /overruled +minor +line 8 +formatAmount is not exact \(False alarm\)/);
    assert.match(listed, /overruled +nit +line 6 +Upper and lower case make two categories \(Out of scope\)/);
    assert.match(listed, /^5 of 5 decided, 0 open\./m);
  });

  it("finds all as it was after a reload, and goes from a finding to its line, where it is a comment", async () => {
    // VS Code in a browser writes down what is open every five seconds, and not when the page goes.
    await vscode.page.waitForTimeout(7_000);
    await vscode.page.reload();
    await vscode.page.locator(".monaco-workbench .activitybar").waitFor({ timeout: 60_000 });
    await panel.progress("5 of 5 decided");
    await panel.frame.getByRole("button", { name: "Show All" }).click();
    await panel.titles(5);
    await panel.focus();
    await panel.press("Home", "Enter");
    await vscode.page
      .locator(".editor-group-container.active")
      .getByRole("tab", { name: /^storage\.js/ })
      .waitFor();
    await vscode.page.getByRole("button", { name: /^Ln 15,/ }).waitFor();
    await vscode.openComment();
    const said = await vscode.comment();
    assert.match(said, /Blocker · Accepted by Mara Lind · sent to the agent/);
    await vscode.screenshot("findings-comment");
    await vscode.highContrastScreenshot("findings-comment");
  });

  it("decides at the line as well, and the panel and the published status follow", async () => {
    const status = async (wanted: string) => {
      const seen = () => story.github.world.checks.map(({ description }) => description).join();
      await until(
        async () => (seen() === wanted ? true : undefined),
        () => `the status is ${seen()}`,
      );
    };
    await vscode.commentAction("Undo the Decision");
    await panel.progress("4 of 5 decided");
    await status("4 of 5 decided");
    await vscode.commentAction("Overrule the Finding…");
    await vscode.pick("Won't fix");
    await panel.progress("5 of 5 decided");
    await status("5 of 5 decided, nothing is left to fix");
  });
});
