import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Socket } from "node:net";
import type { Oid } from "../model/worktree";
import { environmentOf } from "./environment";
import type { Repo } from "./repo";
import { GitError, inTurn } from "./run";
import { traceGit } from "./trace";

// Starting git takes longer than most of its answers; what it read of settings and packs may not get old either.
// Windows lets nobody remove a folder that a program is in.
const idleMs = process.platform === "win32" ? 2_000 : 10_000;
const oldestMs = 60_000;
const mostIdle = 4;

// Git says again, and lets go of all that it has to say, what names no object. No line of a patch is like it.
const mark = ".";

interface Options {
  readonly signal?: AbortSignal | undefined;
  /** Of a longer answer only the beginning, of that many bytes, is waited for. */
  readonly mostBytes?: number;
}

/** Starts the git that will be asked soon, where none is there: what to ask it is then known in the time that this takes. */
export async function readyDiffTree(repo: Pick<Repo, "commonDir">, args: readonly string[]): Promise<void> {
  const kind = kindOf(repo.commonDir, args);
  // Each start holds up this process for some milliseconds, and those come first that have something to do.
  await new Promise(setImmediate);
  if (!idle.get(kind.key)?.length) giveBack(kind, new DiffServer(kind));
}

/**
 * What `git diff-tree --stdin` with these arguments says of two trees; it stays for some seconds, and is asked again.
 * Throws GitError.
 */
export async function askDiffTree(
  repo: Pick<Repo, "commonDir">,
  args: readonly string[],
  trees: readonly [before: Oid, after: Oid],
  { signal, mostBytes = Number.POSITIVE_INFINITY }: Options = {},
): Promise<Buffer> {
  return inTurn(() => answered(repo.commonDir, args, trees, mostBytes, signal));
}

async function answered(
  dir: string,
  args: readonly string[],
  trees: readonly [Oid, Oid],
  mostBytes: number,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const kind = kindOf(dir, args);
  const began = performance.now();
  const question = trees.join(" ");
  const heading = `${question}\n`;
  for (;;) {
    const stopped = () => new GitError(kind.args, { exitCode: null, stdout: "", stderr: "" });
    if (signal?.aborted) throw stopped();
    const server = take(kind);
    const { isNew } = server;
    const stop = () => server.stop();
    signal?.addEventListener("abort", stop, { once: true });
    const answer = await server.ask(question, mostBytes + heading.length);
    signal?.removeEventListener("abort", stop);
    if (signal?.aborted) throw stopped();
    if (typeof answer !== "string" && answer.toString("latin1", 0, heading.length) === heading) {
      giveBack(kind, server);
      traceGit(dir, kind.args, 0, began);
      return answer.subarray(heading.length);
    }
    server.stop();
    // One that was there may have been ended by somebody else, or not see what was packed anew meanwhile.
    if (!isNew) continue;
    traceGit(dir, kind.args, server.exitCode, began);
    // Of a tree that is not here git says nothing at all, which is not the same as no difference.
    const stderr = typeof answer === "string" ? answer : `${trees.join(" or ")} is no tree that can be read`;
    throw new GitError(kind.args, { exitCode: server.exitCode, stdout: "", stderr });
  }
}

/** What one git can answer: all that is the same in how it is started. */
interface Kind {
  readonly key: string;
  readonly dir: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
}

function kindOf(dir: string, flags: readonly string[]): Kind {
  const env = environmentOf();
  return { key: JSON.stringify([dir, flags, env]), dir, args: flags, env };
}

/** Those that nobody asks anything just now, by kind. */
const idle = new Map<string, DiffServer[]>();

function take(kind: Kind): DiffServer {
  const known = idle.get(kind.key) ?? [];
  for (let server = known.pop(); server; server = known.pop()) if (server.wake()) return server;
  return new DiffServer(kind);
}

function giveBack({ key }: Kind, server: DiffServer): void {
  const known = idle.get(key) ?? [];
  idle.set(key, known);
  const forget = () => {
    const at = known.indexOf(server);
    if (at >= 0) known.splice(at, 1);
    if (known.length === 0 && idle.get(key) === known) idle.delete(key);
  };
  if (known.length >= mostIdle || !server.rest(forget)) server.stop();
  else known.push(server);
}

/** One git, which answers one question at a time. */
class DiffServer {
  isNew = true;
  exitCode: number | null = null;
  private readonly git;
  private readonly born = performance.now();
  private ended = false;
  private errors = "";
  private resting: NodeJS.Timeout | undefined;
  private onEnd: (() => void) | undefined;

  constructor({ dir, args, env }: Kind) {
    this.git = spawn("git", [...args], { cwd: dir, env, windowsHide: true });
    this.git.on("error", ({ code, message }: NodeJS.ErrnoException) =>
      this.end(code === "ENOENT" && existsSync(dir) ? -2 : null, message),
    );
    this.git.on("close", (exitCode) => this.end(exitCode));
    // Where no file can be opened any more there are no pipes, whatever the types say.
    const { stdin, stderr } = this.git as Partial<typeof this.git>;
    stderr?.on("data", (data: Buffer) => {
      this.errors = (this.errors + data).slice(-4_000);
    });
    stdin?.on("error", () => undefined);
  }

  /** What git says, with the question before it; where git ended without one, what it complained of. */
  ask(question: string, mostBytes: number): Promise<Buffer | string> {
    return new Promise((resolve) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      let last = "";
      const settle = (answer: Buffer | string) => {
        this.git.stdout.off("data", read);
        this.onEnd = undefined;
        this.isNew = false;
        resolve(answer);
      };
      const read = (data: Buffer) => {
        pieces.push(data);
        bytes += data.length;
        last = (last + data.toString("latin1", Math.max(0, data.length - 3))).slice(-3);
        const whole = last === `\n${mark}\n` || (bytes === 2 && last === `${mark}\n`);
        const length = whole ? bytes - 2 : bytes;
        if (!whole && length < mostBytes) return;
        this.onEnd = undefined;
        if (!whole) this.stop();
        settle(Buffer.concat(pieces, Math.min(length, mostBytes)));
      };
      const fail = () => settle(this.errors || "it ended without an answer");
      if (this.ended || this.pipes.length < 3) return resolve(this.errors || "it could not be started");
      this.onEnd = fail;
      this.git.stdout.on("data", read);
      this.git.stdin.write(`${question}\n${mark}\n`);
    });
  }

  /** Lets it wait for the next question, without keeping this process alive. False: it is no longer fit for one. */
  rest(gone: () => void): boolean {
    if (this.ended || performance.now() - this.born > oldestMs) return false;
    this.hold(false);
    this.onEnd = gone;
    this.resting = setTimeout(() => {
      this.onEnd = undefined;
      gone();
      this.git.stdin.end();
    }, idleMs).unref();
    return true;
  }

  wake(): boolean {
    clearTimeout(this.resting);
    this.onEnd = undefined;
    this.hold(true);
    return !this.ended;
  }

  /** Nobody waits for what a helper of git may still hold open. */
  stop(): void {
    this.git.kill();
    for (const pipe of this.pipes) pipe.destroy();
    this.end(null);
  }

  private end(exitCode: number | null, why = ""): void {
    if (this.ended) return;
    clearTimeout(this.resting);
    this.ended = true;
    this.exitCode = exitCode;
    this.errors ||= why;
    this.onEnd?.();
    this.onEnd = undefined;
  }

  private get pipes(): readonly Socket[] {
    const { stdin, stdout, stderr } = this.git as Partial<typeof this.git>;
    return [stdin, stdout, stderr].filter(
      (pipe) => pipe !== undefined && pipe !== null,
    ) as unknown as Socket[];
  }

  private hold(alive: boolean): void {
    for (const each of [this.git, ...this.pipes]) alive ? each.ref() : each.unref();
  }
}
