import type { Oid } from "../model/worktree";
import { GitError } from "./run";
import type { Scratch } from "./scratch";

interface Options {
  readonly signal?: AbortSignal | undefined;
  /** Told of each one as soon as it has been read, with its place among those that were asked for. */
  readonly onBlob?: (place: number, bytes: Buffer) => void;
}

/** Reads many blobs. Null: larger than `maxBytes`, not here, or not readable. */
export async function readBlobs(
  { objects }: Pick<Scratch, "objects">,
  oids: readonly Oid[],
  maxBytes: number,
  { signal, onBlob }: Options = {},
): Promise<(Buffer | null)[]> {
  const found = oids.map((): Buffer | null => null);
  const keep = (place: number, bytes: Buffer) => {
    found[place] = bytes;
    onBlob?.(place, bytes);
  };
  try {
    await objects.read(
      oids,
      maxBytes,
      (place, object) => {
        if (object?.type === "blob" && object.bytes) keep(place, object.bytes);
      },
      signal,
    );
  } catch (error) {
    // An object that is broken ends git.
    if (!(error instanceof GitError)) throw error;
  }
  return found;
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
