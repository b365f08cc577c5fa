import { reviewedRepo, Stage, startBrowser } from "../webview/stage";
import { figure, summary } from "./measure";

const severities = ["blocker", "major", "minor", "nit"] as const;

/** The panel alone in a browser with a thousand findings: from its start to the first paint, and from a key to the next. */
export async function benchPanel(rounds: number): Promise<void> {
  const files: Record<string, string> = {};
  const findings = Array.from({ length: 1_000 }, (_, i) => {
    const path = `src/file${i % 40}.js`;
    const quote = `const value${i} = ${i};`;
    files[path] = `${files[path] ?? ""}${quote}\n`;
    const severity = severities[i % 4] ?? "nit";
    const body = `Because **value${i}** is \`${i}\`.\n\n- one\n- two`;
    return { title: `Finding ${i}`, body, path, quote, severity, category: "bug" as const };
  });
  const repo = await reviewedRepo(files, findings);
  const browser = await startBrowser();
  try {
    const stage = await Stage.open(browser, repo);
    await benchFirstPaint(stage, rounds);
    await stage.page.evaluate(
      `document.addEventListener("keydown", ({ timeStamp }) => {
        ${painted}.then(() => window.keyTimes.push(performance.now() - timeStamp));
      }, true)`,
    );
    await benchKeys(stage, "j", rounds * 10);
    await benchKeys(stage, "a", rounds * 3);
  } finally {
    await browser.close();
  }
}

const painted = `new Promise((done) => requestAnimationFrame(() => setTimeout(done)))`;

async function benchKeys(stage: Stage, key: string, presses: number): Promise<void> {
  await stage.page.evaluate(`window.keyTimes = []`);
  for (let i = 0; i < presses; i++) {
    await stage.page.keyboard.press(key);
    await stage.page.evaluate(painted);
  }
  say(`key ${key} to painted`, (await stage.page.evaluate("window.keyTimes")) as number[], 50);
}

/** From the snapshot's arrival: what comes before is VS Code's start and git's work. */
async function benchFirstPaint(stage: Stage, rounds: number): Promise<void> {
  await stage.page.addInitScript({
    content: `window.firstPaint = new Promise((done) => {
      window.addEventListener("message", ({ data }) => {
        if (data.type !== "snapshot") return;
        const began = performance.now();
        ${painted}.then(() => done(performance.now() - began));
      }, true);
    });`,
  });
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    await stage.page.reload();
    times.push(Number(await stage.page.evaluate("window.firstPaint")));
  }
  say("first paint", times, 300);
}

function say(what: string, times: readonly number[], goal: number): void {
  const { median, p95 } = summary(times);
  const value = `${median.toFixed(0)} ms (p95 ${p95.toFixed(0)} ms)`;
  figure(`panel, 1,000 findings: ${what}`, value, `≤ ${goal} ms`, median <= goal);
}
