import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../kit/host/browser";
import { hostOfJourneys } from "./kit/session";
import { until } from "./kit/until";
import { Workbench } from "./kit/workbench";

const root = path.resolve(__dirname, "../..");

describe("a person tries the demo", () => {
  let demo: ChildProcess;
  let said = "";
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser(hostOfJourneys().browser);
    demo = spawn(process.execPath, ["test/kit/main.mjs", "demo"], {
      cwd: root,
      env: { ...process.env, AGENT_FOREMAN_HOST: "npm" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [demo.stdout, demo.stderr])
      stream?.on("data", (data) => {
        said += data;
      });
  });
  after(async () => {
    await browser?.close();
    if (demo.exitCode === null) demo.kill("SIGINT");
  });

  it("gets an address, opens it, and sees the three agents' worktrees", async () => {
    const address = await until(
      async () => /http:\/\/127\.0\.0\.1:\d+\/\?tkn=\w{48}(?=\n)/.exec(said)?.[0],
      () => `no address was printed:\n${said}`,
      // It bundles, builds the story and starts a VS Code first.
      80_000,
    );
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(address);
    const vscode = await Workbench.ready(page);
    await vscode.openView();
    await vscode.widenSidebar(420);
    await vscode.treeBecomes(
      (tree) =>
        ["tally", "tidy-storage", "dark-mode", "csv-export"].every((name, i) => tree[i]?.startsWith(name)),
      "the demo's worktrees",
    );
  });

  it("is let in by the token only", async () => {
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0] ?? "";
    assert.equal((await fetch(address)).status, 403);
  });

  it("leaves nothing behind after Ctrl-C", async () => {
    const repo = /The demo's repo is (.*): a small/.exec(said)?.[1] ?? "";
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0] ?? "";
    assert.equal(existsSync(repo), true);
    const ended = once(demo, "exit");
    demo.kill("SIGINT");
    assert.deepEqual(await ended, [0, null]);
    assert.equal(existsSync(path.dirname(repo)), false);
    await assert.rejects(fetch(address));
  });
});
