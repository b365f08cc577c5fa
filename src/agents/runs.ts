import path from "node:path";
import type { AgentRun } from "../model/agent";
import { forgetRun, noteRun, type RunNotes, readRuns } from "../store/agentRuns";
import { newId } from "../store/pending";
import { liveness, type ProcessName, processOf, thisProcess } from "../store/process";
import type { Sessions } from "./sessions";
import { type Presence, runOf } from "./state";

/** Notes that an agent is about to be started in a worktree; gives the run's id. */
export async function beginRun(commonDir: string, agent: string, worktree: string): Promise<string> {
  await forgetEnded(commonDir, worktree);
  const id = newId();
  await noteRun(commonDir, id, { event: "started", at: now(), agent, path: worktree });
  return id;
}

/** Notes the process that a run's terminal has started. */
export async function noteProcess(commonDir: string, id: string, pid: number): Promise<void> {
  const named = await processOf(pid);
  await noteRun(
    commonDir,
    id,
    named ? { event: "process", at: now(), ...named } : { event: "ended", at: now() },
  );
}

/** Notes that the process has ended, or that what is shown of the run is not so. */
export async function noteWord(commonDir: string, id: string, event: "ended" | "cleared"): Promise<void> {
  await noteRun(commonDir, id, { event, at: now() });
}

/**
 * The run that counts in each of these worktrees, by its path: of several that live the one that a person has to look
 * at first. `since`: when the worktree of that path was made, as far as that is known: earlier runs were another's.
 */
export async function runsIn(
  commonDir: string,
  worktrees: readonly { readonly path: string; readonly since: string | null }[],
  sessions: Sessions,
): Promise<Map<string, AgentRun>> {
  const made = new Map(worktrees.map((each) => [path.resolve(each.path), each] as const));
  const found = new Map<string, AgentRun>();
  for (const notes of await readRuns(commonDir)) {
    const worktree = made.get(path.resolve(notes.started.path));
    if (!worktree || (worktree.since !== null && worktree.since > notes.started.at)) continue;
    const run = runOf(notes, await presenceOf(notes.process), sessions.of(notes));
    const other = found.get(worktree.path);
    if (run && (!other || rank(run) <= rank(other))) found.set(worktree.path, run);
  }
  return found;
}

const order = ["waiting", "working", "idle", "unknown", "gone"] as const;

function rank({ state }: AgentRun): number {
  return order.indexOf(state);
}

async function presenceOf(process: ProcessName | null): Promise<Presence> {
  if (!process) return null;
  if (process.host !== thisProcess.host) return "elsewhere";
  // Where the system does not tell when a process began, the id alone has to do.
  return (await liveness(process)) === "dead" ? "dead" : "alive";
}

/** Runs that are over and that another one takes the place of. */
async function forgetEnded(commonDir: string, worktree: string): Promise<void> {
  for (const notes of await readRuns(commonDir)) {
    if (path.resolve(notes.started.path) !== path.resolve(worktree)) continue;
    if (await isOver(notes)) await forgetRun(commonDir, notes.id);
  }
}

async function isOver({ process, last }: RunNotes): Promise<boolean> {
  return last?.event === "ended" || (await presenceOf(process)) === "dead";
}

function now(): string {
  return new Date().toISOString();
}
