import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { reviewedRepo, Stage, startBrowser } from "./stage";

const hostile = [
  "<script>window.hacked = 1</script>",
  '<img src="https://evil.test/x.png" onerror="window.hacked = 1">',
  '<a href="command:workbench.action.terminal.new">click</a>',
  "[click](command:workbench.action.terminal.new)",
  "[click](javascript:window.hacked=1)",
  "![pixel](https://evil.test/pixel.png)",
  "<https://evil.test>",
  '"><svg/onload=window.hacked=1>',
  "</code></pre><iframe src=https://evil.test></iframe>",
  "{0} $" + "{window.hacked = 1} {{constructor.constructor('window.hacked=1')()}}",
  "\u001b[31mred\u001b]8;;https://evil.test\u0007link\u001b]8;;\u0007",
  "safe\u202egnp.exe",
  "\u2066zero\u200bwidth\ufeff\u0000",
  "```\n<script>window.hacked = 1</script>",
  "`<b>`**<i>**",
  "&lt;script&gt;&#x3C;b&#x3E;",
  "__proto__",
  "- ".repeat(2_000),
  "`".repeat(5_000),
  "*a".repeat(5_000),
  "[a](".repeat(3_000),
  "x".repeat(19_000),
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

describe("the findings panel, shown what somebody made to do harm", () => {
  let browser: Browser;
  let stage: Stage;

  before(async () => {
    browser = await startBrowser();
    const code = hostile.map((text) => `const x = ${JSON.stringify(text.slice(0, 200))};`).join("\n");
    const long = `const megabyte = "${"m".repeat(1 << 20)}";\n`;
    const findings = hostile.map((text, i) => ({
      title: text.slice(0, 900),
      body: text,
      failureScenario: text,
      path: i % 2 ? "src/a.js" : `src/${text.replace(/[^a-z<>"'&;$(){}`*=-]/g, "").slice(0, 60)}.js`,
      quote: i % 2 ? (code.split("\n")[i] ?? "") : text.slice(0, 3_000),
      severity: "major" as const,
      category: "bug" as const,
      suggestion: { quote: text.slice(0, 3_000), replacement: text.slice(0, 3_000) },
    }));
    const repo = await reviewedRepo({ "src/a.js": code, "src/long.js": long }, [
      ...findings,
      { ...findings[0], title: "A line of a megabyte", path: "src/long.js", quote: "const megabyte" },
    ]);
    stage = await Stage.open(browser, repo);
  });
  after(() => browser.close());

  it("shows every text as text: nothing is made, loaded, run, or asked of the host", async () => {
    const count = await stage.page.locator("[role=option]").first().getAttribute("aria-setsize");
    assert.equal(Number(count), hostile.length + 1);
    for (let i = 0; i <= hostile.length; i++) {
      const made = await stage.page
        .locator(
          "body :is(script:not([src='/panel.js']), img, iframe, svg, a, object, embed, link, style, b, i)",
        )
        .count();
      assert.equal(made, 0);
      const text = await stage.page.locator(".detail").textContent();
      assert.doesNotMatch(String(text), hidden);
      await stage.page.keyboard.press("j");
    }
    assert.equal(await stage.page.evaluate("window.hacked"), undefined);
    assert.deepEqual([stage.faults, stage.sent], [[], [{ type: "ready" }]]);
  });

  it("shows the words themselves", async () => {
    const stays = [...hostile.slice(0, 3), ...hostile.slice(5, 10)].filter((text) => !text.startsWith("!["));
    await stage.page.getByRole("searchbox").fill("evil.test");
    for (const text of stays.filter((each) => each.includes("evil.test"))) {
      await stage.page.locator("[role=option]").filter({ hasText: text }).click();
      assert.equal(await stage.page.locator(".content h2").textContent(), text);
    }
    await stage.page.getByRole("searchbox").fill("");
  });

  it("passes over messages that are not the host's", async () => {
    const before = await stage.aria("body");
    const messages = [
      null,
      7,
      "snapshot",
      {},
      { type: "snapshot" },
      { type: "snapshot", snapshot: { findings: "all" } },
      { type: "answer", request: "1", problem: null },
      { type: "answer", request: 99, problem: "x" },
      { type: "words", words: {} },
      { type: "open", url: "https://evil.test" },
    ];
    for (const message of messages) await stage.post(message);
    assert.equal(await stage.aria("body"), before);
    assert.deepEqual(stage.faults, []);
  });

  it("has a policy under which no script of anybody else would run", async () => {
    await stage.page.evaluate(`{
      const script = document.createElement("script");
      script.textContent = "window.hacked = 1";
      document.body.append(script);
      const image = document.createElement("img");
      image.src = "https://evil.test/x.png";
      document.body.append(image);
    }`);
    await stage.page.waitForFunction("document.images[0].complete");
    assert.equal(await stage.page.evaluate("window.hacked"), undefined);
    assert.equal(
      stage.faults.some((fault) => fault.startsWith("loads ")),
      false,
    );
    assert.ok(stage.faults.some((fault) => fault.includes("Content Security Policy")));
  });
});
