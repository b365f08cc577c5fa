import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { adminDirs, findAdminDir, worktreeOf } from "../git/adminDir";
import type { Repo } from "../git/repo";
import { notesDir } from "../store/home";
import { appendLine, readLines } from "../store/log";

export const oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));

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

/** The records of worktrees that we did not remove since, by branch; who else may have removed them is not asked. */
export async function readRecords(repo: Pick<Repo, "commonDir">): Promise<Map<string, WorktreeRecord>> {
  return liveRecords(await readEvents(repo.commonDir));
}

export function liveRecords(events: readonly WorktreeEvent[]): Map<string, WorktreeRecord> {
  return new Map([...liveById(events).values()].map((record) => [record.branch, record]));
}

/**
 * The records of the worktrees that stand there, by path, wherever they were moved. A worktree that somebody made at the
 * place of one of ours has none.
 */
export async function recordsInPlace(repo: Pick<Repo, "commonDir">): Promise<Map<string, WorktreeRecord>> {
  const live = liveById(await readEvents(repo.commonDir));
  const found = new Map<string, WorktreeRecord>();
  if (live.size === 0) return found;
  await Promise.all(
    (await adminDirs(repo.commonDir)).map(async (adminDir) => {
      const id = (await readFile(path.join(adminDir, markFile), "utf8").catch(() => "")).trim();
      const record = live.get(id);
      const place = record && (await worktreeOf(adminDir));
      if (place) found.set(place, record);
    }),
  );
  return found;
}

/** In git's folder about the worktree, so that it goes with it, whoever removes it. */
export const markFile = "agent-foreman";

/** Ties the record to the worktree that stands at its path now. */
export async function markWorktree(
  repo: Pick<Repo, "commonDir">,
  record: Pick<WorktreeRecord, "id" | "path">,
): Promise<void> {
  const adminDir = await findAdminDir(repo.commonDir, record.path);
  if (adminDir !== null) await writeFile(path.join(adminDir, markFile), `${record.id}\n`);
}

function liveById(events: readonly WorktreeEvent[]): Map<string, WorktreeRecord> {
  const byId = new Map<string, WorktreeRecord>();
  for (const event of events) {
    if (event.event === "created" || event.event === "restored") byId.set(event.record.id, event.record);
    else if (event.event === "removed") byId.delete(event.id);
    else {
      const record = byId.get(event.id);
      if (record) byId.set(event.id, { ...record, setup: event.setup });
    }
  }
  return byId;
}
