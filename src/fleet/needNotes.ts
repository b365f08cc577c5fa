import { stat } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { writeAtomic } from "../store/atomic";
import { notesDir } from "../store/home";
import { LockBusyError, withLock } from "../store/lock";
import { appendLines, readLines } from "../store/log";

type NeedEvent = "told" | "muted" | "unmuted";

const noteSchema = v.object({
  event: v.picklist(["told", "muted", "unmuted"]),
  key: v.string(),
  state: v.string(),
  at: v.string(),
});

/** A need by its name, as it was when something was said about it. */
export interface NamedNeed {
  readonly key: string;
  /** What there was to decide: words, in any order. */
  readonly state: string;
}

/** Whether all that there is to decide was there when it was noted: what is settled since is nothing new. */
export function isKnown({ key, state }: NamedNeed, noted: ReadonlyMap<string, string>): boolean {
  const known = new Set(noted.get(key)?.split(" "));
  return state.split(" ").every((word) => known.has(word));
}

/** What was said about the list: by us to the person (told), and the other way round (muted). State by key. */
export interface NeedNotes {
  readonly told: ReadonlyMap<string, string>;
  readonly muted: ReadonlyMap<string, string>;
  /** Why they could not be read, so that what was muted is shown; null: they were. */
  readonly fault: string | null;
}

export const noNotes: NeedNotes = { told: new Map(), muted: new Map(), fault: null };

// Some thousand notes; the file is read with every refresh.
const largest = 256 << 10;
const mostKept = 500;

function file(commonDir: string): string {
  return path.join(notesDir(commonDir), "needs-you.jsonl");
}

export async function readNeedNotes(commonDir: string): Promise<NeedNotes> {
  const told = new Map<string, string>();
  const muted = new Map<string, string>();
  for (const { event, key, state } of await readLines(file(commonDir), noteSchema)) {
    if (event === "told") told.set(key, state);
    else if (event === "muted") muted.set(key, state);
    else muted.delete(key);
  }
  return { told, muted, fault: null };
}

/** The same where nothing else may fail for it: where they cannot be read, what was known of them, and why. */
export async function needNotesOr(commonDir: string, known: NeedNotes): Promise<NeedNotes> {
  return readNeedNotes(commonDir).catch((error) => ({
    ...known,
    fault: error instanceof Error ? error.message : String(error),
  }));
}

/**
 * Notes what was said, and gives of what is to be told only what was not before, nor is muted: of two windows that are
 * about to tell the same, one does.
 */
export async function noteNeeds(
  commonDir: string,
  event: NeedEvent,
  needs: readonly NamedNeed[],
): Promise<readonly NamedNeed[]> {
  const note = async () => {
    const { told, muted } = await readNeedNotes(commonDir);
    const isNew = (need: NamedNeed) => !isKnown(need, told) && !isKnown(need, muted);
    const news = event === "told" ? needs.filter(isNew) : needs;
    if (news.length === 0) return news;
    const at = new Date().toISOString();
    await appendLines(
      file(commonDir),
      news.map(({ key, state }) => ({ event, key, state, at })),
    );
    await tidy(commonDir);
    return news;
  };
  return withLock(commonDir, "noting what was said", note, { waitMs: 2_000 }).catch((error) => {
    if (error instanceof LockBusyError) return note();
    throw error;
  });
}

/** Of each need only the last word stays, of very many the newest. */
async function tidy(commonDir: string): Promise<void> {
  if ((await stat(file(commonDir))).size <= largest) return;
  const last = new Map<string, v.InferOutput<typeof noteSchema>>();
  for (const note of await readLines(file(commonDir), noteSchema)) {
    const name = `${note.event === "told"} ${note.key}`;
    last.delete(name);
    if (note.event !== "unmuted") last.set(name, note);
  }
  const kept = [...last.values()].slice(-mostKept);
  await writeAtomic(file(commonDir), kept.map((note) => `${JSON.stringify(note)}\n`).join(""));
}
