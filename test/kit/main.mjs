// Sets up what a task needs, then does the task: `node test/kit/main.mjs <task>`. Runs on a bare node, in a fresh clone.
import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { ensureAgents } from "./provision/agents.mjs";
import { ensureBrowser } from "./provision/browser.mjs";
import { command } from "./provision/command.mjs";
import { ensureDependencies } from "./provision/dependencies.mjs";
import { root } from "./provision/folders.mjs";
import { chooseDemoHost, chooseHost, needsDisplay } from "./provision/hostChoice.mjs";
import { hostVersions, newest } from "./provision/hosts.mjs";
import { SetupError, say, step } from "./provision/report.mjs";
import { ensureVsCodeServer } from "./provision/vscodeServer.mjs";
import { ensureWorkflowTools } from "./provision/workflowTools.mjs";

/** @typedef {{passed: number, failed: number, failures: string[]}} Counts `failures` has a line for each. */

const results = path.join(root, "test-results");
const tsx = ["--import", "tsx"];

/** @type {Record<string, () => Promise<number>>} */
const tasks = {
  async setup() {
    await ensureDependencies();
    await ensureBrowser();
    if ((await chooseHost()) === "npm") for (const version of hostVersions) await ensureVsCodeServer(version);
    else await ensureVsCodeServer(newest);
    await ensureAgents();
    await ensureWorkflowTools();
    return 0;
  },
  async unit() {
    await ensureDependencies();
    return verdict([await unitTests()]);
  },
  async host() {
    await ensureDependencies();
    return verdict(await hostTests());
  },
  async webview() {
    await ensureDependencies();
    return verdict([await webviewTests()]);
  },
  async journey() {
    await ensureDependencies();
    return verdict([await journeyTests()]);
  },
  async bench() {
    await ensureDependencies();
    await bundle();
    const host = await hostFor(newest, await chooseHost());
    const script = [...tsx, "test/bench/index.ts", JSON.stringify(host), ...process.argv.slice(3)];
    return start(process.execPath, script, { AGENT_FOREMAN_BROWSER: await ensureBrowser() });
  },
  async test() {
    await ensureDependencies();
    const runs = [await unitTests(), await webviewTests(), ...(await hostTests()), await journeyTests()];
    const passed = runs.reduce((sum, run) => sum + run.passed, 0);
    const failed = runs.reduce((sum, run) => sum + run.failed, 0);
    // Said once more at the end, where also somebody finds it who has only the last of a long log.
    for (const line of runs.flatMap(({ failures }) => failures)) say(`failed in the ${line}`);
    say(`\n${passed} passed, ${failed} failed`);
    return verdict(runs);
  },
  async demo() {
    await ensureDependencies();
    await bundle();
    const vscode = chooseDemoHost() === "npm" ? await ensureVsCodeServer(newest) : null;
    return await start(process.execPath, [...tsx, "test/demo/main.ts", JSON.stringify(vscode)], {});
  },
};

const mocha = [
  "node_modules/mocha/bin/mocha.js",
  "--reporter=./test/kit/countingReporter.mjs",
  "--forbid-only",
  "--forbid-pending",
];

/** As many files at once as there are cores: each has folders, and a process, of its own. */
function unitTests() {
  return counted("unit tests", process.execPath, [
    ...mocha,
    "--parallel",
    `--jobs=${availableParallelism()}`,
  ]);
}

/** The panel alone, as it ships, in a real browser. */
async function webviewTests() {
  await bundle();
  return counted("panel tests", process.execPath, [...mocha, "--config=test/webview/.mocharc.json"], {
    AGENT_FOREMAN_BROWSER: await ensureBrowser(),
  });
}

async function journeyTests() {
  const host = { vscode: await ensureVsCodeServer(newest), browser: await ensureBrowser() };
  return counted("journeys", process.execPath, [...mocha, "--config=test/journey/.mocharc.json"], {
    AGENT_FOREMAN_NPM_HOST: JSON.stringify(host),
  });
}

function bundle() {
  return step("Bundling the extension", () => command(process.execPath, ["esbuild.mjs"], { cwd: root }));
}

/**
 * @param {import("./provision/hosts.mjs").HostVersion} version
 * @param {string} source
 */
async function hostFor(version, source) {
  return source === "download"
    ? { version: version.download }
    : { vscode: await ensureVsCodeServer(version), browser: await ensureBrowser() };
}

/** One run for each VS Code version. */
async function hostTests() {
  await bundle();
  const source = await chooseHost();
  const runs = [];
  for (const version of hostVersions) {
    const host = await hostFor(version, source);
    const script = [...tsx, "test/kit/host/runHostTests.ts", JSON.stringify(host)];
    const title = `host tests in the ${version.name} VS Code`;
    runs.push(
      source === "download" && needsDisplay()
        ? await counted(title, "xvfb-run", ["-a", process.execPath, ...script])
        : await counted(title, process.execPath, script),
    );
  }
  return runs;
}

/**
 * Runs tests that report through countingReporter.mjs.
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Counts>}
 */
async function counted(title, command, args, env = {}) {
  say(`\n=== ${title} ===`);
  const file = path.join(results, `counts-${title.replaceAll(" ", "-")}.json`);
  await rm(file, { force: true });
  const code = await start(command, args, { ...env, AGENT_FOREMAN_COUNTS: file });
  if (stopped) process.exit(130);
  /** @type {Counts} */
  const counts = await readFile(file, "utf8").then(JSON.parse, () => ({
    passed: 0,
    failed: 0,
    failures: [],
  }));
  counts.failures = counts.failures.map((line) => `${title}: ${line}`);
  // A run that died before it could count, or found nothing to run, has not passed.
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) {
    const line = `${title}: ended with exit code ${code} and ${counts.passed} passed tests; counted as one failure`;
    say(line);
    counts.failed = 1;
    counts.failures.push(line);
  }
  return counts;
}

/** @param {readonly Counts[]} runs */
function verdict(runs) {
  return runs.some((run) => run.failed > 0) ? 1 : 0;
}

/** @type {import("node:child_process").ChildProcess | undefined} */
let running;

/**
 * Runs a command with this terminal and resolves with its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
function start(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    running = spawn(command, args, {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...env },
      // Out of the terminal's reach, so that a Ctrl-C comes to it once, from us, and it can clean up.
      detached: process.platform !== "win32",
    });
    running.on("error", reject);
    running.on("close", (code) => {
      running = undefined;
      resolve(code ?? 1);
    });
  });
}

let stopped = false;
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
  process.on(signal, () => {
    stopped = true;
    if (running) running.kill("SIGINT");
    else process.exit(130);
  });

const task = tasks[process.argv[2] ?? ""];
try {
  if (!task) throw new SetupError(`Say what to do: node test/kit/main.mjs ${Object.keys(tasks).join("|")}`);
  process.exitCode = await task();
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}` : error);
  process.exitCode = 1;
}
