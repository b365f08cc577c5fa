import { readFileSync, readlinkSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";

/** Names one process on one machine, so that a later reader can tell whether it still runs. */
export const processSchema = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Machine and pid namespace: a pid means nothing outside them. */
  host: v.string(),
  /** When it began, as the system counts it; null where the system does not tell. Shows a reused pid. */
  startedAt: v.nullable(v.string()),
});
export type ProcessName = v.InferOutput<typeof processSchema>;

/**
 * `unknown`: only the age of its traces can tell, because it belongs to another machine, or because its process id
 * is in use but may have been given to somebody else since.
 */
export type Liveness = "alive" | "dead" | "unknown";

/** How often a running operation renews its traces, and how old they are when it counts as gone; milliseconds. */
export const renewMs = 5_000;
export const silentMs = 60_000;

function orNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}

// 4242 (my (odd) name) S 1 4242 4242 0 -1 4194560 … 6th field: session, 22nd: start in ticks since boot
function parseStat(stat: string): { state: string; session: number; ticks: string } {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", session: Number(fields[3]), ticks: fields[19] ?? "" };
}

const linux = process.platform === "linux";
const boot = linux
  ? (orNull(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"))?.slice(0, 8) ?? "")
  : "";

function started(stat: string): string {
  return `${boot}-${parseStat(stat).ticks}`;
}

const ownStat = linux ? orNull(() => readFileSync("/proc/self/stat", "utf8")) : null;
const namespace = linux ? orNull(() => readlinkSync("/proc/self/ns/pid")) : null;

export const thisProcess: ProcessName = {
  pid: process.pid,
  host: namespace === null ? hostname() : `${hostname()} ${namespace}`,
  startedAt: ownStat === null ? null : started(ownStat),
};

/** The name of a process that runs now; null when it does not any more. */
export async function processOf(pid: number): Promise<ProcessName | null> {
  const { host } = thisProcess;
  if (!linux) return { pid, host, startedAt: null };
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  return stat === null ? null : { pid, host, startedAt: started(stat) };
}

/** The session we run in, which what we start runs in too; null where the system does not tell. */
export const thisSession = ownStat === null ? null : parseStat(ownStat).session;

/** Whether that very process still runs; one that only waits to be reaped does not. */
export async function liveness(other: ProcessName): Promise<Liveness> {
  if (other.host !== thisProcess.host) return "unknown";
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return "dead";
  }
  if (!linux || other.startedAt === null) return "unknown";
  const stat = await readFile(`/proc/${other.pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return "alive";
  const { state } = parseStat(stat);
  return state === "Z" || state === "X" || started(stat) !== other.startedAt ? "dead" : "alive";
}

/** Set on every process that an operation starts, to the operation's id. */
export const operationVariable = "AGENT_FOREMAN_OP";

/**
 * The processes that an operation started and that still run, daemons excepted: those have a session of their own.
 * Null where the system does not tell.
 */
export async function processesOf(operation: string, session: number | null): Promise<number[] | null> {
  if (!linux) return null;
  const mark = `\0${operationVariable}=${operation}\0`;
  const found = await Promise.all(
    (await readdir("/proc")).map(async (name) => {
      if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
      const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => null);
      if (stat === null) return [];
      const { session: itsSession, state } = parseStat(stat);
      if (state === "Z" || (session !== null && itsSession !== session)) return [];
      const environment = await readFile(`/proc/${name}/environ`, "latin1").catch(() => "");
      return `\0${environment}`.includes(mark) ? [Number(name)] : [];
    }),
  );
  return found.flat();
}

/** Stops what an operation started: asks, and after a while does not ask. Returns when nothing of it runs. */
export async function endProcesses(
  operation: string,
  session: number | null,
  graceMs = 3_000,
): Promise<void> {
  const began = Date.now();
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    const running = await processesOf(operation, session);
    if (running === null || running.length === 0 || Date.now() - began > 2 * graceMs) return;
    const signal = Date.now() - began > graceMs ? "SIGKILL" : "SIGTERM";
    for (const pid of running) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended by itself.
      }
    }
    await sleep(pause);
  }
}
