import type { Oid } from "../model/worktree";
import { runBytes } from "./run";
import type { Scratch } from "./scratch";

interface Options {
  readonly signal?: AbortSignal | undefined;
  /** Told of each one as soon as it has been read, with its place among those that were asked for. */
  readonly onBlob?: (place: number, bytes: Buffer) => void;
}

/** Reads many blobs in one git process. Null: larger than `maxBytes`, not here, or not readable. */
export async function readBlobs(
  scratch: Scratch,
  oids: readonly Oid[],
  maxBytes: number,
  { signal, onBlob }: Options = {},
): Promise<(Buffer | null)[]> {
  const places = new Map(oids.map((oid, place) => [oid, place]));
  const batch = new BlobBatch(maxBytes, (oid, bytes) => onBlob?.(places.get(oid) ?? -1, bytes));
  await runBytes(scratch.dir, ["--git-dir=.", "cat-file", "--batch", "--buffer"], {
    input: `${oids.join("\n")}\n`,
    onStdout: (bytes) => batch.take(bytes),
    ...(signal ? { signal } : {}),
  });
  return oids.map((oid) => batch.found.get(oid) ?? null);
}

/** Takes in what `git cat-file --batch` says, piece by piece, so that a large file is never in memory as a whole. */
export class BlobBatch {
  readonly found = new Map<Oid, Buffer>();
  private heading = "";
  private oid: Oid = "";
  /** What is to come of a content, with the line break after it. */
  private left = 0;
  /** Null: it is passed over. */
  private kept: Buffer[] | null = null;

  constructor(
    private readonly maxBytes: number,
    private readonly onBlob: (oid: Oid, bytes: Buffer) => void = () => undefined,
  ) {}

  /** `<id> <type> <size>\n<that many bytes>\n`, or `<id> missing\n`, over and over. */
  take(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.left > 0) {
        const piece = bytes.subarray(at, at + this.left);
        at += piece.length;
        this.left -= piece.length;
        this.kept?.push(piece);
        if (this.left === 0 && this.kept) this.keep(Buffer.concat(this.kept).subarray(0, -1));
        continue;
      }
      const end = bytes.indexOf(0x0a, at);
      this.heading += bytes.toString("latin1", at, end < 0 ? bytes.length : end);
      at = end < 0 ? bytes.length : end + 1;
      if (end >= 0) this.begin();
    }
  }

  private keep(bytes: Buffer): void {
    this.found.set(this.oid, bytes);
    this.onBlob(this.oid, bytes);
  }

  private begin(): void {
    const [oid = "", type, size] = this.heading.split(" ");
    this.heading = "";
    if (size === undefined) return;
    this.oid = oid;
    this.left = Number(size) + 1;
    this.kept = type === "blob" && Number(size) <= this.maxBytes ? [] : null;
  }
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
