import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import type { VsCodeServer } from "../provision/vscodeServer.mjs";

export interface ServerOptions {
  /** A fresh folder for everything VS Code writes: settings, state, extensions. */
  readonly dir: string;
  /** What an address that names no folder opens. */
  readonly defaultFolder?: string;
  /** Lets the workbench take an extension and its tests from its address; only for tests and the demo. */
  readonly automation: boolean;
  /** Ask for a connection token of our own making, for a server that outlives a test. */
  readonly token: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

export interface RunningServer {
  /** `127.0.0.1:<port>`, as in the authority of `vscode-remote://` addresses. */
  readonly authority: string;
  readonly token: string | null;
  /** What it has written so far, to explain a failure. */
  output(): string;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 5_000;

/** Arguments that every use of the server shares, also `--install-extension`. */
export function folderArguments(dir: string): string[] {
  return [
    "--accept-server-license-terms",
    `--server-data-dir=${path.join(dir, "server")}`,
    `--user-data-dir=${dir}`,
    `--extensions-dir=${path.join(dir, "extensions")}`,
  ];
}

/** Starts VS Code's server on a free loopback port and waits until it listens. */
export async function startServer(vscode: VsCodeServer, options: ServerOptions): Promise<RunningServer> {
  const token = options.token ? randomBytes(24).toString("hex") : null;
  const child = spawn(
    vscode.node,
    [
      vscode.main,
      ...folderArguments(options.dir),
      "--host=127.0.0.1",
      "--port=0",
      "--telemetry-level=off",
      "--disable-workspace-trust",
      ...(options.defaultFolder === undefined ? [] : [`--default-folder=${options.defaultFolder}`]),
      ...(options.automation ? ["--enable-smoke-test-driver"] : []),
      token === null ? "--without-connection-token" : `--connection-token=${token}`,
    ],
    // A process group of its own lets us end its extension hosts and terminals with it, and keeps Ctrl-C to us.
    { detached: true, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...options.env } },
  );
  let output = "";
  child.stdout.on("data", (data) => {
    output += data;
  });
  child.stderr.on("data", (data) => {
    output += data;
  });
  const killNow = () => signalGroup(child, "SIGKILL");
  process.once("exit", killNow);

  const stop = async () => {
    await end(child);
    process.off("exit", killNow);
  };
  try {
    const port = await listening(child, () => output);
    return { authority: `127.0.0.1:${port}`, token, output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function listening(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`VS Code's server ${why}:\n${output()}`));
    const timer = setTimeout(() => fail("did not start in time"), startTimeoutMs);
    child.once("error", (error) => fail(`could not be started (${error.message})`));
    child.once("exit", (code) => fail(`ended with code ${code} before it listened`));
    child.stdout?.on("data", () => {
      const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(port);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const timer = setTimeout(() => signalGroup(child, "SIGKILL"), stopTimeoutMs);
    signalGroup(child, "SIGTERM");
    await ended;
    clearTimeout(timer);
  }
  // What it had started may need a harder word than it did.
  signalGroup(child, "SIGKILL");
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
