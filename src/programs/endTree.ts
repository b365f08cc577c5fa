import { type ChildProcess, execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { endProcesses } from "../store/process";

const graceMs = 1_500;

/**
 * Ends a program that `runProgram` started and all that it started itself: first asks, then does not ask. On Linux that
 * reaches those too that have left its group, by the operation's mark in their environment.
 */
export async function endTree(child: ChildProcess, operation: string): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === "win32") {
    await promisify(execFile)("taskkill", ["/pid", String(pid), "/T", "/F"]).catch(() => {});
    return;
  }
  const asked = send(pid, "SIGTERM");
  // Only Linux tells what has ended from what is merely not reaped yet.
  if (process.platform === "linux") await endProcesses(operation, null, graceMs);
  else if (asked) await waitForEnd(pid, graceMs);
  send(pid, "SIGKILL");
}

/** False: there is nobody in the group any more. */
function send(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function waitForEnd(group: number, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (let pause = 5; send(group, 0) && Date.now() < until; pause = Math.min(pause * 2, 50))
    await sleep(pause);
}
