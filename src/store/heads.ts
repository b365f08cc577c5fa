import { appendFile, open, rm, stat } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { namesIn, writeAtomic } from "./atomic";
import { notesDir } from "./home";
import { LockBusyError, withLock } from "./lock";
import { appendLines, readLines } from "./log";

const oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));

const noteSchema = v.object({
  ref: v.string(),
  /** Where the ref was seen; null: it was gone. For a ref's first note: where it began. */
  oid: v.nullable(oid),
  /** Unix seconds. */
  at: v.number(),
  /** The files in its worktree were as the commit has them. */
  clean: v.optional(v.boolean()),
  /** Tells the ref from an earlier one of that name; only on the note of its beginning. */
  birth: v.optional(v.string()),
});

/**
 * Where a branch was at some time. Only the ids are kept, not the commits: a ref for each would fill the repo with every
 * amended commit, and bring back what somebody took out of history on purpose. Git's own logs hold them for months.
 */
export type HeadNote = v.InferOutput<typeof noteSchema>;

// Some two thousand notes a file; two files are read.
const largest = 256 << 10;
const mostOfOneRef = 60;
const mostCarried = 1_000;
const forgottenAfter = 90 * 86_400;

export function headsDir(commonDir: string): string {
  return path.join(notesDir(commonDir), "heads");
}

const known = new Map<string, { readonly version: string; readonly notes: readonly HeadNote[] }>();

/** All notes, oldest first; read anew only where somebody added some. */
export async function readHeads(commonDir: string): Promise<readonly HeadNote[]> {
  const dir = headsDir(commonDir);
  const files = (await numbersIn(dir)).slice(-2).map((n) => fileOf(dir, n));
  const versions = await Promise.all(files.map((file) => stat(file).catch(() => null)));
  const version = versions.map((found) => `${found?.ino}-${found?.size}`).join();
  const before = known.get(dir);
  if (before?.version === version) return before.notes;
  const lines = (await Promise.all(files.map((file) => readLines(file, noteSchema)))).flat();
  // What was carried on stands in both files, and the first time in its order.
  const notes = [...new Map(lines.map((note) => [JSON.stringify(note), note])).values()];
  known.set(dir, { version, notes });
  return notes;
}

/** Adds notes, in one write that is on disk before it returns. Several processes may do so at once. */
export async function appendHeads(commonDir: string, notes: readonly HeadNote[]): Promise<void> {
  const dir = headsDir(commonDir);
  for (;;) {
    const n = (await numbersIn(dir)).at(-1) ?? 1;
    await appendLines(fileOf(dir, n), notes);
    // Others may have begun two files meanwhile; then nobody reads that one any more.
    if (!(await numbersIn(dir)).slice(-2).includes(n)) continue;
    if ((await stat(fileOf(dir, n))).size > largest) await beginNext(commonDir);
    return;
  }
}

/**
 * Begins the next file with what is still worth knowing. The last one stays and is read too, because others may be adding to it;
 * the one before goes. Left to the next time where the repo is locked.
 */
async function beginNext(commonDir: string): Promise<void> {
  const dir = headsDir(commonDir);
  const begin = async () => {
    const [last = 1, before] = (await numbersIn(dir)).reverse();
    if ((await stat(fileOf(dir, last))).size <= largest) return;
    const old = before === undefined ? null : await open(fileOf(dir, before), "r");
    try {
      const read = (await old?.stat())?.size ?? 0;
      const kept = worthKeeping(await readHeads(commonDir), Date.now() / 1000);
      const next = fileOf(dir, last + 1);
      await writeAtomic(next, kept.map((note) => `${JSON.stringify(note)}\n`).join(""));
      for (const n of await numbersIn(dir)) if (n < last) await rm(fileOf(dir, n), { force: true });
      // What came in until it was gone; who was slower sees that it is.
      const late = (await old?.readFile())?.subarray(read).toString() ?? "";
      if (late !== "") await appendFile(next, `\n${late}\n`);
    } finally {
      await old?.close();
    }
  };
  // The caller may hold the lock itself.
  const waiting = { waitMs: 0, signal: AbortSignal.timeout(100) };
  await withLock(commonDir, "tidying notes on branches", begin, waiting).catch((error) => {
    if (!(error instanceof LockBusyError) && error?.name !== "TimeoutError") throw error;
  });
}

/** The newest notes of each ref that is not long gone, with the note of its beginning. */
export function worthKeeping(notes: readonly HeadNote[], now: number): HeadNote[] {
  const byRef = new Map<string, HeadNote[]>();
  for (const note of notes) byRef.set(note.ref, [...(byRef.get(note.ref) ?? []), note]);
  const kept = new Set<HeadNote>();
  for (const all of byRef.values()) {
    const life = sinceBirth(all);
    const last = life.at(-1);
    if (!last || last.at < now - forgottenAfter) continue;
    for (const note of [...life.slice(0, 1), ...life.slice(-mostOfOneRef)]) kept.add(note);
  }
  return notes.filter((note) => kept.has(note)).slice(-mostCarried);
}

/** Of one ref's notes those of the ref as it is now: an earlier one of that name was another's work. */
export function sinceBirth(notes: readonly HeadNote[]): readonly HeadNote[] {
  const life = notes.slice(notes.findLastIndex((note) => note.oid === null) + 1);
  const birth = life.findLast((note) => note.birth !== undefined)?.birth;
  if (birth === undefined) return life;
  // Several processes may have noted the same beginning.
  const other = life.findLastIndex((note) => note.birth !== undefined && note.birth !== birth);
  return life.slice(life.findIndex((note, i) => i > other && note.birth === birth));
}

function fileOf(dir: string, n: number): string {
  return path.join(dir, `${n}.jsonl`);
}

async function numbersIn(dir: string): Promise<number[]> {
  const names = await namesIn(dir);
  return names
    .flatMap((name) => (/^[1-9]\d{0,8}\.jsonl$/.test(name) ? [Number.parseInt(name, 10)] : []))
    .sort((a, b) => a - b);
}
