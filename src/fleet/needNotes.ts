import path from "node:path";
import * as v from "valibot";
import { notesDir } from "../store/home";
import { appendLine, readLines } from "../store/log";

const noteSchema = v.object({
  event: v.picklist(["told", "muted", "unmuted"]),
  key: v.string(),
  state: v.string(),
  at: v.string(),
});

/** A need by its name, as it was when something was said about it. */
export interface NamedNeed {
  readonly key: string;
  readonly state: string;
}

/** What was said about the list: by us to the person (told), and the other way round (muted). State by key. */
export interface NeedNotes {
  readonly told: ReadonlyMap<string, string>;
  readonly muted: ReadonlyMap<string, string>;
}

export const noNotes: NeedNotes = { told: new Map(), muted: new Map() };

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
  return { told, muted };
}

export async function noteNeed(
  commonDir: string,
  event: v.InferOutput<typeof noteSchema>["event"],
  { key, state }: NamedNeed,
): Promise<void> {
  await appendLine(file(commonDir), { event, key, state, at: new Date().toISOString() });
}
