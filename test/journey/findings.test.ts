import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { cli } from "../kit/cli";
import { tempDir } from "../kit/repo";
import { buildStory, type Story } from "../kit/story";
import { FindingsTab } from "./kit/findings";
import { Session } from "./kit/session";
import type { Workbench } from "./kit/workbench";

const real = {
  title: "A save that is cut off leaves a broken file, and every expense is gone",
  path: "src/storage.js",
  quote: "writeFileSync(file, JSON.stringify({ version: 1, expenses }, null, 2));",
  severity: "blocker",
  category: "bug",
  failureScenario:
    "The disk fills up while a save is under way → the next load throws, and there is no older copy.",
  body: "`writeFileSync` empties the file **before** it writes.",
  suggestion: {
    quote: "writeFileSync(file, text);",
    replacement: "writeFileSync(draft, text);\nrenameSync(draft, file);",
  },
};
const alarms = [
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
const inOtherWords = [
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
  let story: Story;
  let vscode: Workbench;
  let panel: FindingsTab;

  function review(name: string, findings: readonly object[]): void {
    const file = path.join(tempDir(), `${name}.json`);
    writeFileSync(file, JSON.stringify({ schemaVersion: 1, reviewer: name, findings }));
    const { exitCode, stderr } = cli(story.repo, "findings", "--import", file);
    assert.equal(exitCode, 0, stderr);
  }

  before(async () => {
    session = await Session.start();
    story = buildStory(path.join(tempDir(), "story"));
    vscode = await session.open(story.repo);
    panel = new FindingsTab(vscode.page);
  });
  after(() => session?.stop());

  it("opens a branch that nobody reviewed, and sees the review come in", async () => {
    await vscode.openView();
    // The rows keep their places only once the worst is known.
    await vscode.treeBecomes((tree) => tree.some((line) => line.includes("would delete")), "the loss");
    await vscode.contextMenu("tally", "Show Findings");
    await panel.frame.getByText("This branch was not reviewed").waitFor({ timeout: 30_000 });
    review("Codex", [real, ...alarms]);
    assert.deepEqual(await panel.titles(3), [real.title, ...alarms.map(({ title }) => title)]);
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
    await panel.frame.getByText("Codex 33 % (1 of 3)").waitFor();
  });

  it("is asked nothing again when another reviewer raises the false alarms in other words", async () => {
    review("Claude Code", inOtherWords);
    await panel.progress("5 of 5 decided");
    const listed = cli(story.repo, "findings").stdout;
    assert.match(listed, /overruled +minor +line 8 +formatAmount is not exact \(False alarm\)/);
    assert.match(listed, /overruled +nit +line 6 +Upper and lower case make two categories \(Out of scope\)/);
    assert.match(listed, /^5 of 5 decided, 0 open\./m);
  });

  it("finds all as it was after a reload, and goes from a finding to its line", async () => {
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
  });
});
