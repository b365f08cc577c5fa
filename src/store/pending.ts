import { randomBytes } from "node:crypto";
import { rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { namesIn, readText, writeAtomic } from "./atomic";
import { notesDir } from "./home";
import { parseJson } from "./log";
import { liveness, processSchema, renewMs, silentMs, thisProcess, thisSession } from "./process";

const pendingSchema = v.looseObject({
  ...processSchema.entries,
  id: v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/)),
  op: v.string(),
  /** Its own process could neither finish it nor take it back. */
  givenUp: v.optional(v.boolean()),
  /** The session its git runs in; null where the system has none. Tells git's own processes from daemons. */
  session: v.optional(v.nullable(v.number())),
});

/** What an operation is about to do, written down before it does it, with the operation's own fields. */
export type Pending = v.InferOutput<typeof pendingSchema>;

const renewals = new Map<string, NodeJS.Timeout>();

export function pendingDir(commonDir: string): string {
  return path.join(notesDir(commonDir), "pending");
}

function fileOf(commonDir: string, id: string): string {
  return path.join(pendingDir(commonDir), `${id}.json`);
}

/** Sortable by time, usable in file and ref names. */
export function newId(now = new Date()): string {
  return `${now
    .toISOString()
    .slice(0, 19)
    .replaceAll(/[-:]/g, "")
    .toLowerCase()}-${randomBytes(4).toString("hex")}`;
}

/** Notes the intent; it is on disk before this returns. */
export async function begin<Fields extends object>(
  commonDir: string,
  op: string,
  fields: Fields,
  id = newId(),
): Promise<Pending & Fields> {
  const pending = { ...fields, ...thisProcess, session: thisSession, id, op };
  const file = fileOf(commonDir, id);
  await writeAtomic(file, JSON.stringify(pending));
  renew(file);
  return pending;
}

/** Keeps the note young while the operation runs, for those who can only go by its age. */
function renew(file: string): void {
  const renewal = setInterval(() => {
    const now = new Date();
    // Gone: somebody else has ended it.
    utimes(file, now, now).catch(() => stopRenewing(file));
  }, renewMs).unref();
  stopRenewing(file);
  renewals.set(file, renewal);
}

function stopRenewing(file: string): void {
  clearInterval(renewals.get(file));
  renewals.delete(file);
}

/** Replaces some of the operation's own fields. */
export async function advance<P extends Pending>(
  commonDir: string,
  pending: P,
  changes: Partial<P>,
): Promise<P> {
  const next = { ...pending, ...changes };
  await writeAtomic(fileOf(commonDir, pending.id), JSON.stringify(next));
  return next;
}

/** The operation is done, or wholly taken back. */
export async function finish(commonDir: string, id: string): Promise<void> {
  stopRenewing(fileOf(commonDir, id));
  await rm(fileOf(commonDir, id), { force: true });
}

/** Operations of that kind whose process is not known to be gone. */
export async function underWay(commonDir: string, op: string): Promise<Pending[]> {
  const found: Pending[] = [];
  for (const { pending, file } of await readAll(commonDir)) {
    if (pending.op === op && !pending.givenUp && !(await gone(pending, file))) found.push(pending);
  }
  return found;
}

/** Operations whose process is gone, oldest first. Fields of the operation are as found: check them before use. */
export async function abandoned(commonDir: string): Promise<Pending[]> {
  const found: Pending[] = [];
  for (const { pending, file } of await readAll(commonDir)) {
    if (pending.givenUp || (await gone(pending, file))) found.push(pending);
  }
  return found;
}

async function readAll(commonDir: string): Promise<{ pending: Pending; file: string }[]> {
  const found: { pending: Pending; file: string }[] = [];
  for (const name of (await namesIn(pendingDir(commonDir))).sort()) {
    const file = path.join(pendingDir(commonDir), name);
    const parsed = v.safeParse(pendingSchema, parseJson((await readText(file)) ?? ""));
    if (parsed.success && name === `${parsed.output.id}.json`) found.push({ pending: parsed.output, file });
  }
  return found;
}

async function gone(pending: Pending, file: string): Promise<boolean> {
  const state = await liveness(pending);
  if (state !== "unknown") return state === "dead";
  const touched = await stat(file).catch(() => null);
  return touched !== null && Date.now() - touched.mtimeMs > silentMs;
}
