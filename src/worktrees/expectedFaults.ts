import { type Outcome, refused } from "../model/outcome";
import { LockBusyError } from "../store/lock";

const diskFaults = ["ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS"];

/** What the person is told of the operation, besides what happened. */
export interface FaultWords {
  /** A sentence: `The removal was cancelled.` */
  readonly cancelled: string;
  /** What holds when it did not begin: `Nothing was made.` */
  readonly untouched: string;
  /** What becomes of what it had begun. */
  readonly begun: string;
}

/**
 * Runs an operation; what may happen to any of them is refused instead of thrown: `cancelled` (`signal` stopped it),
 * `busy` (another process keeps the repo's lock), `cannot-write` (the disk is full, or rights are missing).
 */
export async function refusingFaults<T>(
  signal: AbortSignal | undefined,
  words: FaultWords,
  action: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof LockBusyError) {
      const hint = `Wait for it, or end that process, and try again. ${words.untouched}`;
      return refused("busy", error.message, hint);
    }
    const { code, message } = error as NodeJS.ErrnoException;
    if (typeof code === "string" && diskFaults.includes(code)) {
      return refused(
        "cannot-write",
        `The disk does not take what is to be written: ${message}.`,
        `Make room, or give yourself the right to write there, and try again. ${words.begun}`,
      );
    }
    if (signal?.aborted) return refused("cancelled", words.cancelled, words.untouched);
    throw error;
  }
}
