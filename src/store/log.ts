import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { readText } from "./atomic";

/**
 * Adds one JSON line, on disk before it returns. A line that a killed process left torn is closed first, so that it
 * cannot swallow this one.
 */
export async function appendLine(file: string, record: object): Promise<void> {
  await appendLines(file, [record]);
}

/** The same for several lines, in one write. */
export async function appendLines(file: string, records: readonly object[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, "a+");
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const torn = size > 0 && last[0] !== 0x0a;
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join("");
    await handle.write(`${torn ? "\n" : ""}${lines}`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** All lines that have the asked shape, oldest first; a torn or foreign line is passed over, never trusted. */
export async function readLines<const Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>[]> {
  const records: v.InferOutput<Schema>[] = [];
  for (const line of ((await readText(file)) ?? "").split("\n")) {
    const parsed = v.safeParse(schema, parseJson(line));
    if (parsed.success) records.push(parsed.output);
  }
  return records;
}

/** The value; undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
