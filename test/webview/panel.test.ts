import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { Repo } from "../../src/git/repo";
import { sendAccepted } from "../../src/review/send/send";
import { appendRefutations, readRuns } from "../../src/review/store";
import { reviewedRepo, Stage, type StageOptions, startBrowser } from "./stage";

const cart = "export function total(cart) {\n  let sum = 0;\n  return sum - cart.discount;\n}\n";
const shop = "export const open = true;\nexport const name = 'shop';\n";

const findings = [
  {
    title: "The total can be negative",
    path: "src/cart.js",
    quote: "return sum - cart.discount;",
    severity: "blocker",
    category: "bug",
    confidence: 0.9,
    failureScenario: "discount 10, sum 5 → -5",
    body: "Nothing *limits* it:\n\n- `discount`\n- **sum**",
    suggestion: {
      quote: "return sum - cart.discount;",
      replacement: "return Math.max(0, sum - cart.discount);",
    },
  },
  {
    title: "sum never changes",
    path: "src/cart.js",
    quote: "let sum = 0;",
    severity: "minor",
    category: "bug",
  },
  {
    title: "The name is not translated",
    path: "src/shop.js",
    quote: "'shop'",
    severity: "nit",
    category: "docs",
  },
  { title: "It never closes", path: "src/shop.js", quote: "close()", severity: "major", category: "bug" },
] as const;

describe("the findings panel", () => {
  let browser: Browser;
  const stages: Stage[] = [];

  async function open(options?: StageOptions, repo?: Repo): Promise<Stage> {
    const stage = await Stage.open(
      browser,
      repo ?? (await reviewedRepo({ "src/cart.js": cart, "src/shop.js": shop }, findings)),
      options,
    );
    stages.push(stage);
    return stage;
  }
  const press = async (stage: Stage, ...keys: string[]) => {
    for (const key of keys) await stage.page.keyboard.press(key);
  };
  const progress = (stage: Stage) => stage.page.getByRole("status").textContent();
  const decided = async (stage: Stage, count: number) =>
    stage.page
      .getByRole("status")
      .filter({ hasText: `${count} of 4 decided` })
      .waitFor();
  const selected = (stage: Stage) => stage.page.locator("[aria-selected=true] .title").textContent();

  before(async () => {
    browser = await startBrowser();
  });
  afterEach(async () => {
    const opened = stages.splice(0);
    for (const stage of opened) await stage.page.close();
    assert.deepEqual(
      opened.flatMap(({ faults }) => faults),
      [],
    );
  });
  after(() => browser.close());

  it("tells a screen reader what a sighted person sees", async () => {
    const stage = await open();
    assert.equal(
      await stage.aria("body"),
      `
- banner:
  - heading "Findings of agent/cart" [level=1]
  - paragraph: ${await stage.page.locator(".subtitle").textContent()}
  - status: 0 of 4 decided
  - group "Status":
    - button "Open 4" [pressed]
    - button "Accepted 0"
    - button "Overruled 0"
    - button "Settled 0"
    - button "All 4"
  - combobox "Severity":
    - option "Any severity" [selected]
    - option "Blocker"
    - option "Major"
    - option "Minor"
    - option "Nit"
  - searchbox "Filter by text"
  - button "Review"
  - button "Keyboard": "?"
  - alert
- main:
  - listbox "Findings":
    - group "src/cart.js":
      - option "Blocker The total can be negative bug · line 3 · claude" [selected]
      - option "Minor sum never changes bug · line 2 · claude"
    - group "src/shop.js":
      - option "Major It never closes bug · no line · claude"
      - option "Nit The name is not translated docs · line 2 · claude"
  - region "Finding":
    - paragraph: Blocker bug · 90 % sure · claude
    - heading "The total can be negative" [level=2]
    - button "src/cart.js:3"
    - region "Code":
      - code: "export function total(cart) { let sum = 0; return sum - cart.discount; }"
    - heading "What goes wrong" [level=3]
    - paragraph: discount 10, sum 5 → -5
    - paragraph:
      - text: Nothing
      - emphasis: limits
      - text: "it:"
    - list:
      - listitem:
        - code: discount
      - listitem:
        - strong: sum
    - heading "Suggestion" [level=3]
    - region "Quoted code":
      - code: return sum - cart.discount;
    - region "Suggested code":
      - code: return Math.max(0, sum - cart.discount);
    - button "Accept"
    - button "Overrule"
`.trim(),
    );
  });

  it("is done by keyboard alone: one accepted, two overruled, one undone", async () => {
    const stage = await open();
    await press(stage, "a");
    await decided(stage, 1);
    assert.equal(await selected(stage), "sum never changes");
    await press(stage, "o", "1");
    await decided(stage, 2);
    await press(stage, "j");
    assert.equal(await selected(stage), "The name is not translated");
    await press(stage, "o");
    await stage.page.keyboard.type("only 2 languages");
    await press(stage, "Enter");
    await decided(stage, 3);
    await press(stage, "u");
    await decided(stage, 2);
    assert.equal(await selected(stage), "The name is not translated");
    await press(stage, "k", "Enter");
    const said = stage.sent.flatMap((each) =>
      each.type === "decide" ? [`${each.verdict} ${each.reason}`] : [each.type],
    );
    assert.deepEqual(said, [
      "ready",
      "accept null",
      "overrule False alarm",
      "overrule only 2 languages",
      "reopen null",
      "openFile",
    ]);
    await stage.page.getByText("Accepted of decided: claude 50 % (1 of 2)").waitFor();
  });

  it("asks for a reason, takes none for an answer to cancel, and needs one to go on", async () => {
    const stage = await open();
    await press(stage, "o");
    assert.equal(
      await stage.aria("form"),
      `
- form "Why is it overruled? The next reviewer is told.":
  - paragraph: Why is it overruled? The next reviewer is told.
  - button "False alarm"
  - button "Intended"
  - button "Out of scope"
  - button "Already handled"
  - button "Won't fix"
  - textbox "Another reason"
  - button "Overrule"
  - button "Cancel"
  - alert
`.trim(),
    );
    await stage.page.getByRole("textbox", { name: "Another reason" }).focus();
    await press(stage, "Enter");
    assert.equal(await stage.page.locator(".fault").textContent(), "Give a reason, or pick one above.");
    await press(stage, "Escape");
    assert.equal(await stage.page.locator("form").count(), 0);
    await press(stage, "j");
    assert.equal(await selected(stage), "sum never changes");
    assert.deepEqual(
      stage.sent.map(({ type }) => type),
      ["ready"],
    );
  });

  it("filters by status, severity and text, and says when nothing is left", async () => {
    const stage = await open();
    const titles = () => stage.page.locator("[role=option] .title").allTextContents();
    await press(stage, "/");
    await stage.page.keyboard.type("shop");
    assert.deepEqual(await titles(), ["It never closes", "The name is not translated"]);
    await stage.page.getByRole("combobox").selectOption("Nit");
    assert.deepEqual(await titles(), ["The name is not translated"]);
    await stage.page.getByRole("button", { name: "Accepted" }).click();
    assert.equal(await stage.page.locator(".empty p").textContent(), "No finding matches the filters.");
    await stage.page.getByRole("button", { name: "Show All" }).click();
    assert.equal((await titles()).length, 4);
    await stage.page.getByRole("button", { name: /^Open/ }).click();
    await stage.page.getByRole("listbox").focus();
    for (const count of [1, 2, 3, 4]) {
      await press(stage, "a");
      await decided(stage, count);
    }
    assert.equal(await stage.page.locator(".empty p").textContent(), "Nothing is left to decide.");
  });

  it("shows an overruled finding with who and why", async () => {
    const stage = await open({ state: { status: "all" } });
    await press(stage, "o", "2");
    await decided(stage, 1);
    await stage.page.getByText("Overruled by Ann: Intended").waitFor();
    assert.deepEqual(await stage.page.locator(".actions button").allTextContents(), ["Accepta", "Undou"]);
  });

  it("hands on what is decided: to the agent what is accepted and not sent yet, and all to the pull request", async () => {
    const repo = await reviewedRepo({ "src/cart.js": cart, "src/shop.js": shop }, findings);
    const stage = await open({ state: { status: "all" } }, repo);
    const send = stage.page.getByRole("button", { name: /^Send/ });
    const publish = stage.page.getByRole("button", { name: "Publish" });
    assert.deepEqual([await send.isVisible(), await publish.isVisible()], [false, false]);
    await press(stage, "a");
    await decided(stage, 1);
    assert.equal(await send.textContent(), "Send 1 to the Agent");
    await send.click();
    await publish.click();
    assert.deepEqual(
      stage.sent.map(({ type }) => type),
      ["ready", "decide", "send", "publish"],
    );
    const sent = await sendAccepted(repo);
    assert.ok(sent.ok);
    await stage.show();
    await stage.page.getByText("Accepted by Ann (sent to the agent)").waitFor();
    assert.deepEqual([await send.isVisible(), await publish.isVisible()], [false, true]);
  });

  it("says that a head was not reviewed, which is not the same as without findings", async () => {
    const files = { "src/cart.js": cart };
    const unseen = await open({}, await reviewedRepo(files, []));
    assert.equal(
      await unseen.page.locator(".empty p").textContent(),
      "This branch was not reviewed: nothing is known of it yet.",
    );
    await unseen.page.getByRole("button", { name: "Review" }).click();
    await unseen.page.getByRole("button", { name: "Import Findings…" }).click();
    assert.deepEqual(
      unseen.sent.map(({ type }) => type),
      ["ready", "review", "import"],
    );
    await unseen.show({ reviewed: true });
    await unseen.page.getByText("The reviewers found nothing.").waitFor();
  });

  it("shows beside a finding what somebody found who tried to disprove it, as text", async () => {
    const repo = await reviewedRepo({ "src/cart.js": cart }, findings.slice(0, 1));
    const [run] = await readRuns(repo.commonDir);
    const [raised] = run?.findings ?? [];
    assert.ok(run && raised);
    const at = "2026-11-26T10:00:00.000Z";
    const argument = "checkout.js limits it. <img src=x onerror=alert(1)>";
    const said = {
      findingId: raised.id,
      runId: raised.runId,
      by: "Codex",
      state: "refuted",
      argument,
      at,
    } as const;
    await appendRefutations(repo.commonDir, [said]);
    const stage = await open({}, repo);
    const section = stage.page.locator("section", { hasText: "Disproved by Codex" }).last();
    assert.equal(await section.locator("p").textContent(), argument);
    assert.equal(await stage.page.locator("img").count(), 0);
  });

  it("takes up where it was when it comes back, and passes over a state that is not its own", async () => {
    const repo = await reviewedRepo({ "src/cart.js": cart, "src/shop.js": shop }, findings);
    const first = await open({}, repo);
    await press(first, "j", "j");
    const kept = await first.state();
    const second = await open({ state: kept }, repo);
    assert.equal(await selected(second), "It never closes");
    assert.deepEqual(await second.state(), kept);
    const third = await open({ state: { status: 7, severity: [], query: {}, selected: null } }, repo);
    assert.equal(await selected(third), "The total can be negative");
  });

  it("follows the store: what another window decides shows, and a half-typed reason stays", async () => {
    const repo = await reviewedRepo({ "src/cart.js": cart, "src/shop.js": shop }, findings);
    const [one, other] = [await open({}, repo), await open({}, repo)];
    await press(one, "o");
    await one.page.keyboard.type("because");
    await press(other, "j", "a");
    // Shown at once; the share of the accepted follows when it is in the store.
    await other.page.getByText("claude 100 % (1 of 1)").waitFor();
    await one.show();
    await decided(one, 1);
    assert.equal(await one.page.getByRole("textbox", { name: "Another reason" }).inputValue(), "because");
    await press(one, "Enter");
    await one.page.getByText("claude 50 % (1 of 2)").waitFor();
    await other.show();
    await decided(other, 2);
    assert.equal(await one.aria("[role=listbox]"), await other.aria("[role=listbox]"));
  });

  it("shows a decision at once, and takes it back when it was not noted", async () => {
    const stage = await open();
    stage.silent = true;
    await press(stage, "a");
    assert.equal(await progress(stage), "1 of 4 decided");
    const request = stage.sent.flatMap((each) => (each.type === "decide" ? [each.request] : []))[0];
    await stage.post({ type: "answer", request, problem: "The disk is full." });
    await decided(stage, 0);
    assert.equal(await stage.page.locator(".problem").textContent(), "The disk is full.");
  });

  it("gives up on a host that does not answer, and says that it does not know", async () => {
    const stage = await open();
    await stage.page.clock.install();
    stage.silent = true;
    await press(stage, "a");
    await stage.page.clock.runFor(20_000);
    await decided(stage, 0);
    assert.match(
      String(await stage.page.locator(".problem").textContent()),
      /may or may not have been noted/,
    );
  });

  it("has help, which a key opens and another closes", async () => {
    const stage = await open();
    await press(stage, "?");
    assert.equal(await stage.page.getByRole("dialog", { name: "Keyboard" }).isVisible(), true);
    await press(stage, "a", "Escape");
    assert.equal(await stage.page.getByRole("dialog").isVisible(), false);
    assert.equal(await progress(stage), "0 of 4 decided");
  });
});
