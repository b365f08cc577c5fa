import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { allThemes, reviewedRepo, Stage, startBrowser } from "./stage";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const screenshots = path.resolve(__dirname, "../../test-results/screenshots");

const storage = `export function load() {
  return JSON.parse(readFileSync(file, "utf8")).expenses;
}

export function save(expenses) {
  writeFileSync(file, JSON.stringify({ version: 1, expenses }, null, 2));
}
`;
const findings = [
  {
    title: "A save that is cut off leaves a broken file, and every expense is gone",
    path: "src/storage.js",
    quote: "writeFileSync(file, JSON.stringify({ version: 1, expenses }, null, 2));",
    severity: "blocker",
    category: "bug",
    confidence: 0.9,
    failureScenario: "The disk fills up while a save is under way → the next load throws.",
    body: "`writeFileSync` empties the file **before** it writes.\n\n1. write beside it\n2. rename",
    suggestion: {
      quote: "writeFileSync(file, text);",
      replacement: "writeFileSync(draft, text);\nrenameSync(draft, file);",
    },
  },
  {
    title: "load trusts the file",
    path: "src/storage.js",
    quote: "return JSON.parse(readFileSync(file,",
    severity: "major",
    category: "bug",
  },
  {
    title: "The cache is never cleared",
    path: "src/report.js",
    quote: "new Map()",
    severity: "minor",
    category: "debt",
  },
  { title: "No test covers an empty list", path: "test/report.test.js", severity: "nit", category: "test" },
] as const;

describe("the findings panel, for everybody", () => {
  let browser: Browser;

  before(async () => {
    browser = await startBrowser();
    mkdirSync(screenshots, { recursive: true });
  });
  after(() => browser.close());

  async function violations(stage: Stage): Promise<unknown> {
    await stage.page.evaluate(axe);
    return stage.page.evaluate(
      `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html.slice(0, 120))]))`,
    );
  }

  for (const theme of allThemes) {
    it(`has nothing that axe objects to in the theme ${theme}`, async () => {
      const stage = await Stage.open(browser, await reviewedRepo({ "src/storage.js": storage }, findings), {
        theme,
      });
      const look = async (name: string) => {
        await stage.page.screenshot({ path: path.join(screenshots, `findings-${name}-${theme}.png`) });
        assert.deepEqual(await violations(stage), [], name);
      };
      await look("open");
      await stage.page.keyboard.press("a");
      await stage.page.keyboard.press("o");
      await look("overrule");
      await stage.page.keyboard.press("2");
      await stage.page.getByRole("button", { name: /^All/ }).click();
      await stage.page.getByRole("listbox").press("k");
      await stage.page.getByText("Overruled by Ann: Intended").waitFor();
      await look("decided");
      await stage.page.keyboard.press("?");
      await look("help");
      await stage.page.keyboard.press("Escape");
      await stage.page.setViewportSize({ width: 420, height: 700 });
      await look("narrow");
      await stage.page.getByRole("searchbox").fill("no such text");
      await look("empty");
      assert.deepEqual(stage.faults, []);
      await stage.page.close();
    });
  }
});
