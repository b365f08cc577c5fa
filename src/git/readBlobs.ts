import type { Oid } from "../model/worktree";
import { run, runBytes } from "./run";
import type { Scratch } from "./scratch";

interface Options {
  readonly signal?: AbortSignal | undefined;
}

/** Reads many blobs with two git processes. Null: larger than `maxBytes`, or not here. */
export async function readBlobs(
  scratch: Scratch,
  oids: readonly Oid[],
  maxBytes: number,
  options: Options = {},
): Promise<(Buffer | null)[]> {
  const common = options.signal ? { signal: options.signal } : {};
  const sizes = await run(scratch.dir, ["--git-dir=.", "cat-file", "--batch-check", "--buffer"], {
    ...common,
    input: `${oids.join("\n")}\n`,
  });
  const small = parseSizes(sizes.stdout).filter(({ size }) => size <= maxBytes);
  const contents = await runBytes(scratch.dir, ["--git-dir=.", "cat-file", "--batch", "--buffer"], {
    ...common,
    input: `${small.map(({ oid }) => oid).join("\n")}\n`,
  });
  const found = parseBatch(contents.stdout);
  return oids.map((oid) => found.get(oid) ?? null);
}

/** Parses `<id> blob <size>` lines; `<id> missing` lines are passed over. */
export function parseSizes(text: string): { oid: Oid; size: number }[] {
  return text.split("\n").flatMap((line) => {
    const [oid = "", type, size] = line.split(" ");
    return type === "blob" ? [{ oid, size: Number(size) }] : [];
  });
}

/** Parses `git cat-file --batch`: `<id> <type> <size>\n<that many bytes>\n`, or `<id> missing\n`. */
export function parseBatch(bytes: Buffer): Map<Oid, Buffer> {
  const found = new Map<Oid, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) break;
    const [oid = "", type, size] = bytes.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (type === "missing" || size === undefined) continue;
    found.set(oid, bytes.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}
