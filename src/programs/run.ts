import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { newId } from "../store/pending";
import { operationVariable } from "../store/process";
import { endTree } from "./endTree";
import { asWindowsNeedsIt } from "./windows";

/** A program and its arguments; no shell of ours reads them. */
export type ProgramLine = readonly [program: string, ...args: string[]];

export interface ProgramOptions {
  readonly cwd: string;
  /** All that the program finds in its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Marks all that the program starts, so that it is found even after we were killed. */
  readonly operation?: string;
  /** Written to its standard input, which is then closed. */
  readonly input?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Of both outputs together; a program that writes more is ended. */
  readonly mostBytes?: number;
  /** Its output is not kept: who wants it takes it as it arrives. */
  readonly keepNothing?: boolean;
  /** Called with each piece of output as it arrives. */
  readonly onOutput?: (text: string, from: "stdout" | "stderr") => void;
}

export interface ProgramEnd {
  readonly how: "ended" | "cancelled" | "timeout" | "too-much" | "not-started";
  /** Null where a signal ended it, or where it never ran. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Where it was not started: why. */
  readonly stderr: string;
}

const usualBytes = 64 << 20;
// What a program wrote before it ended is in the pipe already.
const drainMs = 500;

/**
 * Runs a program and waits for its end. However that comes, nothing that it started runs any more when this returns.
 * Never throws for what the program does.
 */
export async function runProgram(line: ProgramLine, options: ProgramOptions): Promise<ProgramEnd> {
  const { signal, timeoutMs, operation = newId() } = options;
  if (signal?.aborted) return { how: "cancelled", exitCode: null, stdout: "", stderr: "" };
  const child = start(line, options, operation);
  const output = collect(child, options);
  const [timeout, endTimeout] = after(timeoutMs);
  // Not `close`: a process that it left behind may hold the pipes open for ever.
  const how = await Promise.race([
    once(child, "exit").then(
      () => "ended" as const,
      (error: Error) => error,
    ),
    ...(signal ? [aborted(signal).then(() => "cancelled" as const)] : []),
    timeout.then(() => "timeout" as const),
    output.tooMuch.then(() => "too-much" as const),
  ]);
  endTimeout();
  if (how instanceof Error) return { how: "not-started", exitCode: null, stdout: "", stderr: how.message };
  const closed = once(child, "close");
  await endTree(child, operation);
  await Promise.race([closed, sleep(drainMs)]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  return { how, exitCode: child.exitCode, stdout: output.text("stdout"), stderr: output.text("stderr") };
}

function start(line: ProgramLine, { cwd, env }: ProgramOptions, operation: string): ChildProcess {
  const { program, args, verbatim } = asWindowsNeedsIt(line);
  return spawn(program, args, {
    cwd,
    env: { ...env, [operationVariable]: operation },
    stdio: "pipe",
    // A group of its own, so that all of it can be ended.
    detached: process.platform !== "win32",
    windowsHide: true,
    windowsVerbatimArguments: verbatim,
  });
}

function collect(child: ChildProcess, options: ProgramOptions) {
  const { input = "", mostBytes = usualBytes, keepNothing, onOutput } = options;
  const pieces = { stdout: [] as string[], stderr: [] as string[] };
  let left = mostBytes;
  let overflow = () => {};
  const tooMuch = new Promise<void>((resolve) => {
    overflow = resolve;
  });
  for (const from of ["stdout", "stderr"] as const)
    child[from]?.setEncoding("utf8").on("data", (text: string) => {
      left -= text.length;
      if (left < 0) return overflow();
      if (!keepNothing) pieces[from].push(text);
      onOutput?.(text, from);
    });
  // It may end before it has read all of its input; its exit code says why.
  child.stdin?.on("error", () => undefined).end(input);
  return { tooMuch, text: (from: "stdout" | "stderr") => pieces[from].join("") };
}

function after(ms: number | undefined): [Promise<void>, () => void] {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    if (ms !== undefined) timer = setTimeout(resolve, ms);
  });
  return [over, () => clearTimeout(timer)];
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return signal.aborted ? Promise.resolve() : once(signal, "abort");
}
