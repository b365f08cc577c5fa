import { spawn } from "node:child_process";
import { setMaxListeners } from "node:events";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import pLimit from "p-limit";
import { environmentOf, keptEnvironment, ownEnvironment } from "./environment";
import { traceGit } from "./trace";

/** What git said. `exitCode` is git's own (≥ 0), -2 when there is no git binary, null when it was stopped. */
export interface GitResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The same with stdout as bytes, for file contents and names that may not be UTF-8. */
export interface GitBytes {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  /** Stops git; the result's `exitCode` is then null. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which git is stopped, whatever it is doing. */
  readonly timeoutMs?: number;
  /**
   * Written to git's standard input, which is then closed. A promise lets git start before it is known what to ask;
   * null stops it unasked, which only verbs that are spawned plainly understand.
   */
  readonly input?: string | Buffer | Promise<string | Buffer | null>;
  /** Added to the environment, for example GIT_INDEX_FILE. Only for values of our own making. */
  readonly env?: Readonly<Record<string, string>>;
  /** Git is stopped, as if it had ended well, when it has written that many bytes; no more of them are given. */
  readonly mostBytes?: number;
  /** Called with each piece of stdout as it arrives, which is not kept then; only for verbs that are spawned plainly. */
  readonly onStdout?: (bytes: Buffer) => void;
  /** Called with each piece of stderr as it arrives, for progress. */
  readonly onStderr?: (text: string) => void;
}

/** Thrown when git fails where no failure was expected; carries what is needed to understand it. */
export class GitError extends Error {
  override readonly name = "GitError";
  constructor(
    readonly args: readonly string[],
    readonly result: GitResult,
  ) {
    super(`git ${args.join(" ")}: ${result.stderr.trim() || `exit code ${result.exitCode}`}`);
  }
}

// More processes than this only wait for each other's disk and CPU.
const slots = pLimit(Math.max(4, availableParallelism() * 2));

/** Does it when its turn has come among all that git is to do. */
export const inTurn = <T>(action: () => Promise<T>): Promise<T> => slots(action);

/** Verbs that only read (or write objects and what is in a scratch repo), and of which the fleet and the check run hundreds. */
const plain = new Set([
  "--version",
  "cat-file",
  "commit-tree",
  "diff-tree",
  "fast-import",
  "for-each-ref",
  "grep",
  "log",
  "ls-tree",
  "merge-base",
  "merge-tree",
  "reflog",
  "remote",
  "rev-list",
  "rev-parse",
  "status",
  "symbolic-ref",
  "worktree list",
]);

/** Runs git once and waits for it. Never throws for what git says: look at `exitCode`. */
export async function runBytes(
  dir: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitBytes> {
  const env = environmentOf(options.env);
  const start = async (): Promise<GitBytes> => {
    const began = performance.now();
    const signals = [
      ...(options.signal ? [options.signal] : []),
      ...(options.timeoutMs === undefined ? [] : [AbortSignal.timeout(options.timeoutMs)]),
    ];
    const stop = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
    if (stop?.aborted) return stopped;
    // One signal may stop many git processes at once.
    if (stop) setMaxListeners(0, stop);
    const how = isPlain(args) ? spawnGit : runSimpleGit;
    const result = await how(dir, args, env, options, stop);
    traceGit(dir, args, result.exitCode, began);
    return result;
  };
  if (!(options.input instanceof Promise)) return slots(start);
  // One that sleeps until it is asked may be waiting for another, so it must not keep that one from its place; and as each
  // start holds up this process for some milliseconds, those come first that have something to do.
  // What goes wrong meanwhile is seen once git has been started.
  options.input.catch(() => undefined);
  await new Promise(setImmediate);
  return start();
}

/** simple-git takes as long over a call as git itself over a small one, and longer to load than git over a large one. */
function isPlain(args: readonly string[]): boolean {
  const at = args.findIndex(
    (arg, i) => (!arg.startsWith("-") || arg === "--version") && args[i - 1] !== "-c",
  );
  const verb = args[at] ?? "";
  return plain.has(verb) || plain.has(`${verb} ${args[at + 1]}`);
}

function spawnGit(
  dir: string,
  args: readonly string[],
  env: Record<string, string>,
  { input, mostBytes = Number.POSITIVE_INFINITY, onStdout, onStderr }: GitOptions,
  stop: AbortSignal | undefined,
): Promise<GitBytes> {
  return new Promise((resolve, reject) => {
    const stdin = input === undefined ? "ignore" : "pipe";
    const git = spawn("git", args, { cwd: dir, env, windowsHide: true, stdio: [stdin, "pipe", "pipe"] });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    let left = mostBytes;
    const halt = () => {
      git.kill();
      resolve(stopped);
    };
    stop?.addEventListener("abort", halt, { once: true });
    git.stdout?.on("data", (data: Buffer) => {
      if (onStdout) return onStdout(data);
      out.push(data.subarray(0, left));
      left -= Math.min(left, data.length);
      if (left === 0) git.kill();
    });
    git.stderr?.on("data", (data: Buffer) => {
      err.push(data);
      onStderr?.(String(data));
    });
    // Git may end before it has read all of its input; its exit code says why.
    git.stdin?.on("error", () => undefined);
    Promise.resolve(input).then((text) => (text === null ? halt() : git.stdin?.end(text)), halt);
    git.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" && existsSync(dir)) resolve({ ...stopped, exitCode: -2 });
      else reject(error);
    });
    git.on("close", (exitCode) => {
      stop?.removeEventListener("abort", halt);
      const code = left === 0 ? 0 : exitCode;
      resolve({ exitCode: code, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() });
    });
  });
}

/**
 * simple-git resolves on a non-zero exit with empty stderr and its errors carry no code, so a fresh instance a call
 * catches the code in the `errors` hook; it costs the same as a shared instance.
 */
async function runSimpleGit(
  dir: string,
  args: readonly string[],
  env: Record<string, string>,
  { input, onStderr }: GitOptions,
  stop: AbortSignal | undefined,
): Promise<GitBytes> {
  const { simpleGit } = await import("simple-git");
  const text = await input;
  let seen: GitBytes | undefined;
  const git = simpleGit({
    baseDir: dir,
    trimmed: false,
    allowEnvironment: [...keptEnvironment, ...ownEnvironment],
    // The values come from our own code and the person's own environment, never from the repo.
    unsafe: {
      allowUnsafeAskPass: true,
      allowUnsafeSshCommand: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeHooksPath: true,
      allowUnsafeMergeDriver: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeProtocolOverride: true,
    },
    ...(stop ? { abort: stop } : {}),
    ...(text === undefined ? {} : { input: () => text ?? "" }),
    errors: (_error, result) => {
      seen = {
        exitCode: result.exitCode,
        stdout: Buffer.concat(result.stdOut),
        stderr: Buffer.concat(result.stdErr).toString(),
      };
      return undefined;
    },
  }).env(env);
  git.outputHandler((_command, out, err) => {
    if (onStderr) err.on("data", (data) => onStderr(String(data)));
    // For the words of a git that said nothing it waits another 50 ms, although there can be none after the end.
    out.once("end", () => out.emit("data", Buffer.alloc(0)));
  });
  try {
    const raw = git.raw([...args]);
    // A helper that git had started (ssh, a hook) may hold the pipes open long after git was stopped.
    await (stop ? Promise.race([raw, once(stop)]) : raw);
  } catch (error) {
    if (!stop?.aborted && !seen) throw error;
  }
  return stop?.aborted ? stopped : (seen ?? stopped);
}

const stopped: GitBytes = { exitCode: null, stdout: Buffer.alloc(0), stderr: "" };

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** `runBytes` with stdout as text. */
export async function run(dir: string, args: readonly string[], options?: GitOptions): Promise<GitResult> {
  const result = await runBytes(dir, args, options);
  return { ...result, stdout: result.stdout.toString() };
}

/** Runs git where only success is expected: returns stdout, throws GitError otherwise. */
export async function runOk(dir: string, args: readonly string[], options?: GitOptions): Promise<string> {
  const result = await run(dir, args, options);
  if (result.exitCode !== 0) throw new GitError(args, result);
  return result.stdout;
}
