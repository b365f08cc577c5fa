import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Repo } from "./repo";

// Git holds these for milliseconds; a large packed-refs is seen growing meanwhile.
const quietMs = 2_000;

/**
 * Deletes lock files that a git of ours left when it was killed. `refs`: what it was about to change; `since`: when it
 * began. Call it when no process of that operation runs any more. Locks on what others change too are only taken
 * for left behind when nothing about them moves for a while.
 */
export async function clearStaleLocks(repo: Repo, refs: readonly string[], since: Date): Promise<void> {
  const own = refs.map((ref) => path.join(repo.commonDir, `${ref}.lock`));
  for (const file of own) if (await writtenSince(file, since)) await rm(file, { force: true });
  for (const name of ["config", "packed-refs"]) {
    const files = [`${name}.lock`, `${name}.new`].map((file) => path.join(repo.commonDir, file));
    const there = await Promise.all(files.map((file) => writtenSince(file, since)));
    if (there.includes(true) && (await unmoved(files))) {
      await Promise.all(files.map((file) => rm(file, { force: true })));
    }
  }
}

async function writtenSince(file: string, since: Date): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  // File systems round times down, by up to two seconds.
  return found !== null && found.mtimeMs >= since.getTime() - 2_000;
}

async function unmoved(files: readonly string[]): Promise<boolean> {
  const before = await marks(files);
  const until = Date.now() + quietMs;
  while (Date.now() < until) {
    await sleep(50);
    if ((await marks(files)) !== before) return false;
  }
  return true;
}

async function marks(files: readonly string[]): Promise<string> {
  const found = await Promise.all(files.map((file) => stat(file).catch(() => null)));
  return JSON.stringify(found.map((item) => item && [item.ino, item.mtimeMs, item.size]));
}
