import { createHash } from "node:crypto";
import path from "node:path";
import * as v from "valibot";
import { readText, writeAtomic } from "./atomic";
import { notesDir } from "./home";
import { parseJson } from "./log";

const fetchedSchema = v.object({
  ref: v.string(),
  oid: v.string(),
  at: v.pipe(v.string(), v.isoTimestamp()),
});

/** That `ref` was brought up to date with its remote at `at` (ISO), and was then at `oid`. */
export type Fetched = v.InferOutput<typeof fetchedSchema>;

export function fetchedDir(commonDir: string): string {
  return path.join(notesDir(commonDir), "fetched");
}

function fileOf(commonDir: string, ref: string): string {
  return path.join(
    fetchedDir(commonDir),
    `${createHash("sha256").update(ref).digest("hex").slice(0, 24)}.json`,
  );
}

export async function noteFetched(commonDir: string, fetched: Fetched): Promise<void> {
  await writeAtomic(fileOf(commonDir, fetched.ref), JSON.stringify(fetched));
}

export async function readFetched(commonDir: string, ref: string): Promise<Fetched | null> {
  const parsed = v.safeParse(fetchedSchema, parseJson((await readText(fileOf(commonDir, ref))) ?? ""));
  return parsed.success && parsed.output.ref === ref ? parsed.output : null;
}
