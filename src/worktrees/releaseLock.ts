import { rm, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** Removes a lock of git's own that a killed process left, once nobody can still be holding it. */
export async function releaseLock(file: string, afterMs: number): Promise<void> {
  for (;;) {
    const found = await stat(file).catch(() => null);
    if (found === null) return;
    if (Date.now() - found.mtimeMs > afterMs) return rm(file, { force: true });
    await sleep(200);
  }
}
