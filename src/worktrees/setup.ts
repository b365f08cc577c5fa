import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { promisify } from "node:util";
import type { Repo } from "../git/repo";
import { notesDir } from "../store/home";
import { withLock } from "../store/lock";
import { noteEvent, type SetupRecord, type WorktreeRecord } from "./record";

export interface SetupOptions {
  readonly signal?: AbortSignal;
  /** Called with each piece of output as it arrives. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Runs the person's setup command (a program and its arguments, no shell) in a new worktree, and notes how it ended.
 * The worktree stays whatever happens: what a failed `npm ci` left behind is what one needs to see. The program finds
 * WORKTREE_PATH, ROOT_PATH and BRANCH, each with AGENT_FOREMAN_ before it, in its environment.
 *
 * Whoever calls this has made sure that the command is the person's own: never one out of an untrusted repo.
 */
export async function runSetup(
  repo: Repo,
  worktree: Pick<WorktreeRecord, "id" | "path" | "branch">,
  command: readonly [string, ...string[]],
  options: SetupOptions = {},
): Promise<SetupRecord> {
  const log = path.join(notesDir(repo.commonDir), "logs", `${worktree.id}.log`);
  await mkdir(path.dirname(log), { recursive: true });
  const file = createWriteStream(log, { mode: 0o600 });
  const closed = finished(file).catch(() => {
    // On a full disk the log ends early; the setup goes on.
  });
  const write = (text: string): void => {
    if (file.writable) file.write(text);
    options.onOutput?.(text);
  };
  const state = await runProgram(command, worktree, repo, write, options.signal);
  file.end();
  await closed;
  const setup: SetupRecord = { state, log, at: new Date().toISOString() };
  await withLock(repo.commonDir, `noting the setup of ${worktree.branch}`, () =>
    noteEvent(repo.commonDir, { event: "setup", at: setup.at, id: worktree.id, setup }),
  );
  return setup;
}

function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  worktree: Pick<WorktreeRecord, "path" | "branch">,
  repo: Repo,
  write: (text: string) => void,
  signal: AbortSignal | undefined,
): Promise<SetupRecord["state"]> {
  if (signal?.aborted) return Promise.resolve("cancelled");
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: worktree.path,
      env: {
        ...process.env,
        AGENT_FOREMAN_WORKTREE_PATH: worktree.path,
        AGENT_FOREMAN_ROOT_PATH: repo.dir,
        AGENT_FOREMAN_BRANCH: worktree.branch,
      },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that cancelling ends what the program has started too.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const cancel = (): void => void endGroup(child);
    signal?.addEventListener("abort", cancel, { once: true });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", write);
    const end = (state: SetupRecord["state"]): void => {
      signal?.removeEventListener("abort", cancel);
      resolve(signal?.aborted ? "cancelled" : state);
    };
    child.on("error", (error) => {
      write(`${program} could not be started: ${error.message}\n`);
      end("failed");
    });
    child.on("close", (code) => end(code === 0 ? "passed" : "failed"));
  });
}

const graceMs = 3_000;

/** Asks a program and all that it started to end, and ends them when they do not. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    await promisify(execFile)("taskkill", ["/pid", String(child.pid), "/T", "/F"]).catch(() => {});
    return;
  }
  const group = -child.pid;
  const send = (signal: NodeJS.Signals): void => {
    try {
      process.kill(group, signal);
    } catch {
      // it has ended
    }
  };
  send("SIGTERM");
  setTimeout(() => send("SIGKILL"), graceMs).unref();
}
