import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { figure, summary } from "./measure";

const root = path.resolve(__dirname, "../..");

/**
 * Activation inside the real VS Code, each time in a fresh one: our own code, as VS Code counts it, and the whole way,
 * most of which is VS Code's. `host`: as runHostTests.ts takes it.
 */
export async function benchActivation(host: string, rounds: number): Promise<void> {
  const own: number[] = [];
  const whole: number[] = [];
  const asleep = sleepingExtension();
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "test/kit/host/runHostTests.ts", host, "test/bench/host", asleep],
      { cwd: root },
    );
    const [, mine, all] = /activation took ([\d.]+) ms of ([\d.]+) ms/.exec(stdout) ?? [];
    own.push(Number(mine));
    whole.push(Number(all));
  }
  const { median, p95 } = summary(own);
  const asked = summary(whole).median;
  figure(
    "activation in the host (code and activate)",
    `${median.toFixed(0)} ms (p95 ${p95.toFixed(0)} ms); from asked to active ${asked.toFixed(0)} ms`,
    "≤ 50 ms",
    median <= 50,
  );
}

/** The extension as it is, but that VS Code does not activate it by itself: only then can that be timed. */
function sleepingExtension(): string {
  const folder = path.join(root, "test-results", "asleep");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ["dist", "media", "l10n", "package.nls.json"])
    symlinkSync(path.join(root, name), path.join(folder, name));
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ ...manifest, activationEvents: [] }));
  return folder;
}

export function benchSizes(): void {
  const parts = readdirSync(path.join(root, "dist")).filter((file) => /^extension.*\.js$/.test(file));
  const whole = parts.reduce((sum, file) => sum + statSync(path.join(root, "dist", file)).size, 0);
  figure("size of the extension", `${(whole / 1024).toFixed(0)} KB`, "≤ 300 KB", whole <= 300 * 1024);
  for (const [file, goal] of [
    ["dist/extension.js", 50],
    ["dist/cli.js", 300],
    ["dist/panel.js", 40],
  ] as const) {
    const size = statSync(path.join(root, file), { throwIfNoEntry: false })?.size;
    if (size === undefined) continue;
    figure(`size of ${file}`, `${(size / 1024).toFixed(0)} KB`, `≤ ${goal} KB`, size <= goal * 1024);
  }
}
