import { open, rm, stat } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { namesIn } from "./atomic";
import { notesDir } from "./home";
import { appendLine, parseJson } from "./log";
import { type ProcessName, processSchema } from "./process";
import { runFileName, runOfFile } from "./runFile";

const at = v.pipe(v.string(), v.isoTimestamp());

const startedSchema = v.object({
  event: v.literal("started"),
  at,
  agent: v.string(),
  /** The worktree's folder. */
  path: v.string(),
});

const eventSchema = v.variant("event", [
  startedSchema,
  v.object({ event: v.literal("process"), at, ...processSchema.entries }),
  /** The agent's own word, by a hook of ours. */
  v.object({ event: v.literal("hook"), at, hook: v.string(), pid: v.optional(v.number()) }),
  v.object({ event: v.literal("ended"), at }),
  /** A person says that what is shown of it is not so. */
  v.object({ event: v.literal("cleared"), at }),
]);

export type RunEvent = v.InferOutput<typeof eventSchema>;

/** What was noted of one run of an agent. */
export interface RunNotes {
  readonly id: string;
  readonly started: v.InferOutput<typeof startedSchema>;
  /** The terminal's process; null while that is not known. */
  readonly process: ProcessName | null;
  /** The process that spoke through a hook last. */
  readonly spokenBy: number | null;
  /** The last word; null: none since it was started. */
  readonly last: Exclude<RunEvent, { event: "started" | "process" }> | null;
}

export async function noteRun(commonDir: string, id: string, event: RunEvent): Promise<void> {
  await appendLine(path.join(notesDir(commonDir), runFileName(id)), event);
}

export async function forgetRun(commonDir: string, id: string): Promise<void> {
  await rm(path.join(notesDir(commonDir), runFileName(id)), { force: true });
}

const known = new Map<string, { readonly version: string; readonly notes: RunNotes | null }>();

/** All runs, oldest first; a file is read only when it has grown. */
export async function readRuns(commonDir: string): Promise<RunNotes[]> {
  const dir = notesDir(commonDir);
  const ids = (await namesIn(dir)).sort().flatMap((name) => runOfFile(name) ?? []);
  const found = await Promise.all(ids.map((id) => readRun(path.join(dir, runFileName(id)), id)));
  return found.filter((notes) => notes !== null);
}

/** Null: it is gone, or nothing in it tells of a start. */
async function readRun(file: string, id: string): Promise<RunNotes | null> {
  const found = await stat(file).catch(() => null);
  if (!found) return null;
  const version = `${found.ino} ${found.size} ${found.mtimeMs}`;
  const before = known.get(file);
  if (before?.version === version) return before.notes;
  const notes = gather(id, await readEnds(file).catch(() => ""));
  known.set(file, { version, notes });
  return notes;
}

// An agent that works for days speaks some ten thousand times; its start and its last words are all that counts.
const endBytes = 16 << 10;

/** A file's beginning and end; between them a line may be torn, which is passed over. */
async function readEnds(file: string): Promise<string> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    if (size <= 2 * endBytes) return await handle.readFile("utf8");
    const first = await handle.read(Buffer.alloc(endBytes), 0, endBytes, 0);
    const last = await handle.read(Buffer.alloc(endBytes), 0, endBytes, size - endBytes);
    return `${first.buffer.toString("utf8", 0, first.bytesRead)}\n${last.buffer.toString("utf8", 0, last.bytesRead)}`;
  } finally {
    await handle.close();
  }
}

function gather(id: string, text: string): RunNotes | null {
  const events = text.split("\n").flatMap((line) => {
    const parsed = v.safeParse(eventSchema, parseJson(line));
    return parsed.success ? [parsed.output] : [];
  });
  const started = events.find((each) => each.event === "started");
  if (!started) return null;
  const named = events.findLast((each) => each.event === "process");
  return {
    id,
    started,
    process: named ? { pid: named.pid, host: named.host, startedAt: named.startedAt } : null,
    spokenBy: events.findLast((each) => each.event === "hook")?.pid ?? null,
    last: events.findLast((each) => each.event !== "started" && each.event !== "process") ?? null,
  };
}
