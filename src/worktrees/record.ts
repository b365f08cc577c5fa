import path from "node:path";
import * as v from "valibot";
import type { Repo } from "../git/repo";
import { notesDir } from "../store/home";
import { appendLine, readLines } from "../store/log";

const oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));

/** How the last setup run ended, and where its output is. */
const setupSchema = v.object({
  state: v.picklist(["passed", "failed", "cancelled"]),
  log: v.string(),
  at: v.string(),
});
export type SetupRecord = v.InferOutput<typeof setupSchema>;

export const recordSchema = v.object({
  id: v.string(),
  path: v.string(),
  branch: v.string(),
  base: v.object({ ref: v.string(), oid, fetchedAt: v.nullable(v.string()) }),
  agent: v.nullable(v.string()),
  task: v.nullable(v.string()),
  createdAt: v.string(),
  setup: v.optional(v.nullable(setupSchema), null),
});

/** What we note of a worktree that we made. */
export type WorktreeRecord = v.InferOutput<typeof recordSchema>;

const eventSchema = v.variant("event", [
  v.object({ event: v.literal("created"), at: v.string(), record: recordSchema }),
  v.object({ event: v.literal("removed"), at: v.string(), id: v.string() }),
  v.object({ event: v.literal("restored"), at: v.string(), record: recordSchema }),
  v.object({ event: v.literal("setup"), at: v.string(), id: v.string(), setup: setupSchema }),
]);

/** One line of the log. A restored worktree is written whole, because its path may be another. */
export type WorktreeEvent = v.InferOutput<typeof eventSchema>;

function logFile(commonDir: string): string {
  return path.join(notesDir(commonDir), "worktrees.jsonl");
}

/** Adds an event; it is on disk before this returns. Call it while holding the repo's lock. */
export async function noteEvent(commonDir: string, event: WorktreeEvent): Promise<void> {
  await appendLine(logFile(commonDir), event);
}

export async function readEvents(commonDir: string): Promise<WorktreeEvent[]> {
  return readLines(logFile(commonDir), eventSchema);
}

/** The records of worktrees that were not removed since, by branch. */
export async function readRecords(repo: Pick<Repo, "commonDir">): Promise<Map<string, WorktreeRecord>> {
  return liveRecords(await readEvents(repo.commonDir));
}

export function liveRecords(events: readonly WorktreeEvent[]): Map<string, WorktreeRecord> {
  const byId = new Map<string, WorktreeRecord>();
  for (const event of events) {
    if (event.event === "created" || event.event === "restored") byId.set(event.record.id, event.record);
    else if (event.event === "removed") byId.delete(event.id);
    else {
      const record = byId.get(event.id);
      if (record) byId.set(event.id, { ...record, setup: event.setup });
    }
  }
  return new Map([...byId.values()].map((record) => [record.branch, record]));
}
