import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { appendFile, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { writeAtomic } from "./atomic";
import { notesDir } from "./home";

/** What was computed once and follows from its key alone; losing all of it costs time and nothing else. */
export interface Cache {
  /** The value as it was set, unchecked: parse it with a schema. Undefined when absent, torn or foreign. */
  get(key: string): unknown | undefined;
  /** Keeps a JSON value. A key is made of object ids and plain words, without control characters. */
  set(key: string, value: unknown): void;
  /** Waits until what was set is written, or could not be; never fails. */
  flush(): Promise<void>;
}

const defaultLimit = 32 * 1024 * 1024;
const open = new Map<string, FileCache>();

/**
 * Opens the cache `name` of a repo; one append-only file, read once and then only where other processes added to it.
 * Values of another `version` are never seen. `limit` is in bytes; above it the oldest entries go.
 */
export function openCache(commonDir: string, name: string, version: number, limit = defaultLimit): Cache {
  const file = path.join(notesDir(commonDir), "cache", `${name}.${version}.jsonl`);
  const cache = open.get(file) ?? new FileCache(file, limit);
  open.set(file, cache);
  cache.readNew();
  return cache;
}

/** A line is `<checksum> <key>\t<json>`. */
class FileCache implements Cache {
  private readonly lines = new Map<string, string>();
  private pending: string[] = [];
  private writing: Promise<void> | null = null;
  private inode = 0;
  private read = 0;

  constructor(
    private readonly file: string,
    private readonly limit: number,
  ) {}

  /** Takes in what was appended since the last time, or the whole file when it is another one. */
  readNew(): void {
    try {
      const { ino, size } = statSync(this.file);
      if (ino === this.inode && size === this.read) return;
      const text = readFileSync(this.file);
      const from = ino === this.inode && size > this.read ? this.read : 0;
      this.inode = ino;
      this.read = text.length;
      for (const line of text.subarray(from).toString().split("\n")) {
        const tab = line.indexOf("\t");
        if (tab > checksumLength) this.keep(line.slice(checksumLength + 1, tab), line);
      }
    } catch {
      // No file yet, or not readable: then nothing is known.
    }
  }

  get(key: string): unknown | undefined {
    const line = this.lines.get(key);
    if (line === undefined || line.slice(0, checksumLength) !== checksum(line.slice(checksumLength + 1))) {
      return undefined;
    }
    try {
      return JSON.parse(line.slice(checksumLength + key.length + 2));
    } catch {
      return undefined;
    }
  }

  set(key: string, value: unknown): void {
    const json = JSON.stringify(value);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these would break the line format
    if (json === undefined || /[\x00-\x1f]/.test(key)) return;
    const entry = `${key}\t${json}`;
    const line = `${checksum(entry)} ${entry}`;
    if (this.lines.get(key) === line) return;
    this.keep(key, line);
    this.pending.push(line);
    this.writing ??= this.write();
  }

  async flush(): Promise<void> {
    await this.writing;
  }

  /** The newest entry is the last of the map. */
  private keep(key: string, line: string): void {
    this.lines.delete(key);
    this.lines.set(key, line);
  }

  private async write(): Promise<void> {
    // Gathers what is set in one go into one write.
    await new Promise(setImmediate);
    try {
      await mkdir(path.dirname(this.file), { recursive: true });
      while (this.pending.length > 0) {
        // The leading newline ends a line that another process was killed in.
        const text = `\n${this.pending.join("\n")}\n`;
        this.pending = [];
        await appendFile(this.file, text);
        if (sizeOf(this.file) > this.limit) await this.compact();
      }
    } catch {
      // A folder that cannot be written makes this a cache for one process.
      this.pending = [];
    } finally {
      this.writing = null;
    }
  }

  /** Keeps the newest half; what another process appends at that very moment is lost, and computed again. */
  private async compact(): Promise<void> {
    this.readNew();
    let size = 0;
    const kept: string[] = [];
    for (const [key, line] of [...this.lines].reverse()) {
      size += Buffer.byteLength(line) + 1;
      if (size <= this.limit / 2) kept.push(line);
      else this.lines.delete(key);
    }
    await writeAtomic(this.file, `${kept.reverse().join("\n")}\n`).catch(() =>
      rm(this.file, { force: true }),
    );
    this.inode = 0;
  }
}

const checksumLength = 16;

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, checksumLength);
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
