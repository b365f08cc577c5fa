import { setTimeout as sleep } from "node:timers/promises";
import type { Repo } from "../git/repo";
import { namesIn, sweepTemporaries } from "../store/atomic";
import { fetchedDir } from "../store/fetched";
import { notesDir } from "../store/home";
import { withLock } from "../store/lock";
import { abandoned, type Pending, pendingDir } from "../store/pending";
import { processesOf } from "../store/process";
import { settleNew } from "./settleNew";
import { settleRemoval } from "./settleRemoval";
import { settleUndo } from "./settleUndo";

/** What became of an operation whose process was killed. */
export interface SettledNote {
  readonly id: string;
  readonly op: string;
  /** `later`: something of it still runs, so it was left for the next time. */
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
};

/** How long to wait for git processes that outlived the process which started them. */
const orphanMs = 10_000;

/**
 * Puts right what killed processes left half done; every operation, and listing, calls it first. Costs next to
 * nothing when there is nothing to do.
 */
export async function settle(repo: Repo, options: { signal?: AbortSignal } = {}): Promise<SettledNote[]> {
  const { commonDir } = repo;
  const folders = [notesDir(commonDir), pendingDir(commonDir), fetchedDir(commonDir)];
  await Promise.all(folders.map(sweepTemporaries));
  if ((await namesIn(pendingDir(repo.commonDir))).length === 0) return [];
  if ((await abandoned(repo.commonDir)).length === 0) return [];
  return withLock(
    repo.commonDir,
    "putting right what was interrupted",
    async () => {
      const settled: SettledNote[] = [];
      for (const pending of await abandoned(repo.commonDir)) {
        const settler = settlers[pending.op];
        // An operation of a newer version is that version's business.
        if (!settler) continue;
        settled.push((await quiet(pending)) ? await settler(repo, pending) : later(pending));
      }
      return settled;
    },
    options,
  );
}

function later(pending: Pending): SettledNote {
  const message = "Git still works on it although its caller is gone; it is put right when git has ended.";
  return { id: pending.id, op: pending.op, outcome: "later", message };
}

/** Waits until no process of the operation runs any more; false when one still does after a while. */
async function quiet(pending: Pending): Promise<boolean> {
  const until = Date.now() + orphanMs;
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
