import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format, parseArgs } from "node:util";
import type { VsCodeServer } from "../provision/vscodeServer.mjs";
import { launchBrowser, workbenchUrl } from "./browser";
import { startServer } from "./server";

/** What the one who starts this executable puts into its environment, as JSON under `npmHostVariable`. */
export interface NpmHost {
  readonly vscode: VsCodeServer;
  readonly browser: string;
}

const testsTimeoutMs = 15 * 60_000;

/** What test/host/inside.ts puts before a line of its report, to tell it from what VS Code itself logs. */
const ofTheTests = "[tests] ";

// Until there is something to end in order; the server itself goes with this process.
let interrupt = (): void => process.exit(130);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupt());

/** Runs an extension's tests in the workbench and resolves with the exit code they ended with. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
  const option = (name: string): string => {
    const value = values[name];
    if (typeof value !== "string") throw new Error(`--${name}=… is missing`);
    return value;
  };
  const [folder] = positionals;
  if (folder === undefined) throw new Error("no folder to open was given");
  const host: NpmHost = JSON.parse(process.env.AGENT_FOREMAN_NPM_HOST ?? "null");

  const noise: string[] = [];
  const server = await startServer(host.vscode, {
    dir: option("user-data-dir"),
    automation: true,
    token: false,
  });
  const browser = await launchBrowser(host.browser);
  try {
    const page = await browser.newPage();
    const ended = new Promise<number>((resolve, reject) => {
      const late = () => reject(new Error("the tests did not end in time"));
      setTimeout(late, testsTimeoutMs).unref();
      page.on("crash", () => reject(new Error("the browser's page crashed")));
      interrupt = () => resolve(130);
      void page.exposeFunction("codeAutomationExit", resolve);
    });
    await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
      const [first] = args;
      if (typeof first === "string" && first.startsWith(ofTheTests))
        console.log(first.slice(ofTheTests.length));
      else noise.push(format(type, ...args));
    });
    const remote = (file: string) => `vscode-remote://${server.authority}${file}`;
    await page.goto(
      workbenchUrl(server, folder, {
        extensionDevelopmentPath: remote(option("extensionDevelopmentPath")),
        extensionTestsPath: remote(option("extensionTestsPath")),
      }),
    );
    const code = await ended;
    if (code !== 0) console.log(`VS Code's own log of this run: ${keep(host.vscode.version, noise)}`);
    return code;
  } finally {
    await browser.close();
    await server.stop();
  }
}

function keep(version: string, lines: readonly string[]): string {
  const file = path.resolve(__dirname, `../../../test-results/vscode-${version}.log`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, lines.join("\n"));
  return file;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
