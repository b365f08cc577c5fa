import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { reviewedRepo, Stage, startBrowser } from "./stage";

const severities = ["blocker", "major", "minor", "nit"] as const;

describe("the findings panel with a thousand findings", () => {
  let browser: Browser;
  let stage: Stage;

  before(async () => {
    browser = await startBrowser();
    const files: Record<string, string> = {};
    const findings = Array.from({ length: 1_000 }, (_, i) => {
      const path = `src/file${String(i % 40).padStart(2, "0")}.js`;
      const quote = `const value${i} = ${i};`;
      files[path] = `${files[path] ?? ""}${quote}\n`;
      const severity = severities[i % 4] ?? "nit";
      return { title: `Finding ${i}`, path, quote, severity, category: "bug" as const };
    });
    stage = await Stage.open(browser, await reviewedRepo(files, findings));
  });
  after(() => browser.close());

  const options = () => stage.page.locator("[role=option]");

  it("has only those as elements that can be seen, and a few more", async () => {
    assert.ok((await options().count()) < 40);
    assert.equal(await options().first().getAttribute("aria-setsize"), "1000");
  });

  it("reaches every one by scrolling, each where it belongs", async () => {
    const seen = new Map<string, string>();
    const list = `document.querySelector("[role=listbox]")`;
    const height = Number(await stage.page.evaluate(`${list}.scrollHeight`));
    for (let y = 0; y <= height; y += 400) {
      await stage.page.evaluate(`${list}.scrollTop = ${y}`);
      await stage.page.evaluate(
        "new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))",
      );
      const rows = (await stage.page.evaluate(
        `[...document.querySelectorAll("[role=option]")].map((row) => [row.getAttribute("aria-posinset"), row.parentElement.getAttribute("aria-label") + " " + row.querySelector(".title").textContent])`,
      )) as [string, string][];
      assert.ok(rows.length < 40);
      for (const [position, text] of rows) {
        assert.equal(seen.get(position) ?? text, text);
        seen.set(position, text);
      }
    }
    assert.equal(seen.size, 1_000);
    assert.equal(new Set(seen.values()).size, 1_000);
    assert.equal(seen.get("1000"), "src/file39.js Finding 999");
  });

  it("walks to the end and back by keyboard, the selected one always in sight", async () => {
    const inSight = async () => {
      const active = await stage.page.getByRole("listbox").getAttribute("aria-activedescendant");
      const option = await stage.page.locator(`#${active}`).boundingBox();
      const list = await stage.page.getByRole("listbox").boundingBox();
      assert.ok(option && list);
      assert.ok(option.y >= list.y - 1 && option.y + option.height <= list.y + list.height + 1);
      return stage.page.locator("[aria-selected=true]").getAttribute("aria-posinset");
    };
    await stage.page.getByRole("listbox").focus();
    await stage.page.keyboard.press("End");
    assert.equal(await inSight(), "1000");
    await stage.page.keyboard.press("PageUp");
    assert.ok(Number(await inSight()) < 998);
    await stage.page.keyboard.press("Home");
    assert.equal(await inSight(), "1");
    for (let i = 0; i < 60; i++) await stage.page.keyboard.press("j");
    assert.equal(await inSight(), "61");
    assert.deepEqual(stage.faults, []);
  });
});
