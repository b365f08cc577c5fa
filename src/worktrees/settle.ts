import { setTimeout as sleep } from "node:timers/promises";
import type { Repo } from "../git/repo";
import { namesIn, sweepTemporaries } from "../store/atomic";
import { fetchedDir } from "../store/fetched";
import { headsDir } from "../store/heads";
import { notesDir, recoveriesDir } from "../store/home";
import { LockBusyError, withLock } from "../store/lock";
import { abandoned, type Pending, pendingDir } from "../store/pending";
import { processesOf } from "../store/process";
import { settleNew } from "./settleNew";
import { settlePrograms } from "./settlePrograms";
import { settleRemoval } from "./settleRemoval";
import { settleRun } from "./settleRun";
import { settleUndo } from "./settleUndo";

/** What became of an operation whose process was killed. */
export interface SettledNote {
  readonly id: string;
  readonly op: string;
  /** `later`: it could not be put right now, and will be tried again the next time. */
  readonly outcome: "taken-back" | "finished" | "later";
  /** One sentence for a person. */
  readonly message: string;
}

/** Finishes or takes back one abandoned operation, holding the repo's lock, and ends its pending note. */
export type Settler = (repo: Repo, pending: Pending) => Promise<SettledNote>;

const settlers: Readonly<Record<string, Settler>> = {
  new: settleNew,
  remove: settleRemoval,
  undo: settleUndo,
  recover: settleRun,
  checks: settlePrograms,
  review: settlePrograms,
};

export interface SettleOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for other operations, and for a git that outlived its caller; 10,000 unless given. */
  readonly patienceMs?: number;
}

/**
 * Puts right what killed processes left half done; every operation, and listing, calls it first. Costs next to
 * nothing when there is nothing to do.
 */
export async function settle(repo: Repo, options: SettleOptions = {}): Promise<SettledNote[]> {
  const { commonDir } = repo;
  const { signal, patienceMs = 10_000 } = options;
  const folders = [notesDir, pendingDir, fetchedDir, headsDir, recoveriesDir];
  await Promise.all(folders.map((folder) => sweepTemporaries(folder(commonDir))));
  if ((await namesIn(pendingDir(repo.commonDir))).length === 0) return [];
  if ((await abandoned(repo.commonDir)).length === 0) return [];
  const settleAll = async (): Promise<SettledNote[]> => {
    const settled: SettledNote[] = [];
    for (const pending of await abandoned(commonDir)) {
      const settler = settlers[pending.op];
      // An operation of a newer version is that version's business.
      if (!settler) continue;
      settled.push(await settleOne(repo, pending, settler, patienceMs));
    }
    return settled;
  };
  const waiting = { waitMs: patienceMs, ...(signal ? { signal } : {}) };
  try {
    return await withLock(commonDir, "putting right what was interrupted", settleAll, waiting);
  } catch (error) {
    // Whoever has the lock settled first, before it began.
    if (error instanceof LockBusyError) return [];
    throw error;
  }
}

/** What cannot be put right must not stand in the way of everything else. */
async function settleOne(
  repo: Repo,
  pending: Pending,
  settler: Settler,
  patienceMs: number,
): Promise<SettledNote> {
  const later = (message: string): SettledNote => ({
    id: pending.id,
    op: pending.op,
    outcome: "later",
    message,
  });
  // What these left running is nothing to wait for.
  const ends = settler === settlePrograms;
  if (!ends && !(await quiet(pending, patienceMs)))
    return later("Git still works on it although its caller is gone; it is put right when git has ended.");
  try {
    return await settler(repo, pending);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return later(`What was interrupted could not be put right, and will be tried again: ${why}`);
  }
}

/** Waits until no process of the operation runs any more; false when one still does after a while. */
async function quiet(pending: Pending, patienceMs: number): Promise<boolean> {
  const until = Date.now() + patienceMs;
  for (let pause = 10; ; pause = Math.min(pause * 2, 250)) {
    const running = await processesOf(pending.id, pending.session ?? null);
    if (running === null) {
      // The system does not tell: git's own steps are never this long silent and still alive.
      await sleep(3_000);
      return true;
    }
    if (running.length === 0) return true;
    if (Date.now() > until) return false;
    await sleep(pause);
  }
}
