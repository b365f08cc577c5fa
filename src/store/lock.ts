import { randomBytes } from "node:crypto";
import { link, mkdir, open, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { namesIn, readText, temporaryBeside } from "./atomic";
import { notesDir } from "./home";
import { parseJson } from "./log";
import { liveness, processSchema, renewMs, silentMs, thisProcess } from "./process";

const holderSchema = v.object({
  ...processSchema.entries,
  token: v.string(),
  /** What it is doing, in words for a person. */
  what: v.string(),
  since: v.string(),
});
export type LockHolder = v.InferOutput<typeof holderSchema>;

export interface LockOptions {
  /** Stops the waiting; once the action runs it is the action's own business. */
  readonly signal?: AbortSignal;
  /** How long to wait for another process before LockBusyError; 10 minutes unless told. */
  readonly waitMs?: number;
  /** Called once, when the wait is long enough for a person to wonder. */
  readonly onWait?: (holder: LockHolder | null) => void;
}

/** The lock could not be had in time; `holder` is null where its file cannot be read. */
export class LockBusyError extends Error {
  override readonly name = "LockBusyError";
  constructor(readonly holder: LockHolder | null) {
    super(
      holder
        ? `The repo is locked by process ${holder.pid} on ${holder.host}, since ${holder.since}: ${holder.what}.`
        : "The repo is locked, and its lock file cannot be read.",
    );
  }
}

const noticeMs = 2_000;
// A folder being listed while names come and go may hide both an old and a new number, so some old ones stay.
const keptBehind = 4;

/**
 * Runs `action` while no other process, window or call of ours does so on this repo. Throws LockBusyError, or the
 * signal's reason. Not re-entrant.
 *
 * Removing a dead owner's lock file and making a new one lets two takers in. So each taking has a number of its own:
 * `lock.<n>` is made in one step and never reused, the highest number is the lock, and it is never removed.
 */
export async function withLock<T>(
  commonDir: string,
  what: string,
  action: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const endTurn = await turnOf(commonDir, options.signal);
  try {
    const release = await take(notesDir(commonDir), what, options);
    try {
      return await action();
    } finally {
      await release();
    }
  } finally {
    endTurn();
  }
}

const turns = new Map<string, Promise<void>>();

/** Within one process callers queue up, so that only one of them at a time looks at the files. */
async function turnOf(key: string, signal: AbortSignal | undefined): Promise<() => void> {
  const before = turns.get(key) ?? Promise.resolve();
  let end = () => {};
  const mine = new Promise<void>((resolve) => {
    end = resolve;
  });
  const last = before.then(() => mine);
  turns.set(key, last);
  void last.then(() => {
    if (turns.get(key) === last) turns.delete(key);
  });
  try {
    await orAborted(before, signal);
  } catch (error) {
    end();
    throw error;
  }
  return end;
}

async function orAborted(wait: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  if (!signal) return wait;
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  await Promise.race([wait, aborted]).finally(() => signal.removeEventListener("abort", stop));
}

async function take(dir: string, what: string, options: LockOptions): Promise<() => Promise<void>> {
  await mkdir(dir, { recursive: true });
  const token = randomBytes(8).toString("hex");
  const holder: LockHolder = { ...thisProcess, token, what, since: new Date().toISOString() };
  const began = Date.now();
  let told = false;
  let pause = 3;
  for (;;) {
    options.signal?.throwIfAborted();
    const current = await currentLock(dir);
    if (current.free) {
      const n = current.n + 1;
      if (!(await claim(dir, n, holder))) continue;
      const numbers = await lockNumbers(dir);
      if (Math.max(...numbers) === n) return hold(dir, n, numbers);
      // Others took and released in the meantime, and our number is of the past.
      await rm(lockFile(dir, n), { force: true });
      continue;
    }
    const waited = Date.now() - began;
    if (waited > (options.waitMs ?? 600_000)) throw new LockBusyError(current.holder);
    if (waited > noticeMs && !told) {
      told = true;
      options.onWait?.(current.holder);
    }
    // Aborted: the next round throws the signal's own reason.
    await sleep(
      pause * (0.5 + Math.random()),
      undefined,
      options.signal ? { signal: options.signal } : {},
    ).catch(() => {});
    pause = Math.min(pause * 1.5, 50);
  }
}

function hold(dir: string, n: number, numbers: readonly number[]): () => Promise<void> {
  const file = lockFile(dir, n);
  const renewal = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, renewMs).unref();
  const old = numbers.filter((number) => number < n - keptBehind);
  const cleaned = Promise.allSettled(old.map((number) => rm(lockFile(dir, number), { force: true })));
  return async () => {
    clearInterval(renewal);
    await cleaned;
    // Four bytes in place: needs no room on a full disk and no second file.
    const handle = await open(file, "r+");
    await handle.write("free", 0).finally(() => handle.close());
  };
}

function lockFile(dir: string, n: number): string {
  return path.join(dir, `lock.${n}`);
}

async function lockNumbers(dir: string): Promise<number[]> {
  const names = await namesIn(dir);
  return names.flatMap((name) => {
    const digits = /^lock\.([1-9]\d{0,14})$/.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
}

/** Makes `lock.<n>` with its whole content in one step; false when the number is taken. */
async function claim(dir: string, n: number, holder: LockHolder): Promise<boolean> {
  const file = lockFile(dir, n);
  const text = `held ${JSON.stringify(holder)}\n`;
  const draft = temporaryBeside(file);
  try {
    await writeFile(draft, text, { flag: "wx" });
    await link(draft, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (!code || !["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code)) throw error;
    return await claimWithoutLinks(file, text);
  } finally {
    await rm(draft, { force: true });
  }
}

async function claimWithoutLinks(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

interface Current {
  readonly n: number;
  readonly free: boolean;
  readonly holder: LockHolder | null;
}

async function currentLock(dir: string): Promise<Current> {
  for (;;) {
    const n = Math.max(0, ...(await lockNumbers(dir)));
    if (n === 0) return { n, free: true, holder: null };
    const file = lockFile(dir, n);
    const text = await readText(file);
    // Gone since the listing: a higher number has come.
    if (text === null) continue;
    const parsed = v.safeParse(holderSchema, parseJson(text.slice(5)));
    const holder = parsed.success ? parsed.output : null;
    if (text.startsWith("free ")) return { n, free: true, holder };
    const state = holder ? await liveness(holder) : "unknown";
    return { n, free: state === "dead" || (state === "unknown" && (await silent(file))), holder };
  }
}

async function silent(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > silentMs;
}
