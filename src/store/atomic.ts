import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { thisProcess } from "./process";

const temporary = /^\..+\.(\d+)-([0-9a-f]{8})\.[0-9a-f]{12}\.tmp$/;
// A process id says nothing on another machine.
const host = createHash("sha256").update(thisProcess.host).digest("hex").slice(0, 8);

/** A name beside `file` that nobody else uses; `sweepTemporaries` knows it again. */
export function temporaryBeside(file: string): string {
  const unique = `${process.pid}-${host}.${randomBytes(6).toString("hex")}`;
  return path.join(path.dirname(file), `.${path.basename(file)}.${unique}.tmp`);
}

/** Whether a name is of the kind that `temporaryBeside` gives. */
export function isTemporary(name: string): boolean {
  return temporary.test(name);
}

/** Writes the whole file or nothing, and on disk before it returns. Makes the folder if need be. */
export async function writeAtomic(file: string, text: string | Buffer, mode = 0o666): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = temporaryBeside(file);
  try {
    const handle = await open(draft, "wx", mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await replace(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The same where the file is not that already. */
export async function writeIfOther(file: string, text: string, mode?: number): Promise<void> {
  if ((await readText(file)) !== text) await writeAtomic(file, text, mode);
}

/** Windows refuses to replace a file while somebody reads it; that passes within milliseconds. */
async function replace(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const passing = code === "EPERM" || code === "EACCES" || code === "EBUSY";
      if (process.platform !== "win32" || !passing || attempt === 8) throw error;
      await sleep(attempt * 5);
    }
  }
}

/** The file's text; null when there is no such file. */
export async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** The names in a folder; none when there is no such folder. */
export async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Removes what killed processes of this machine left half written, or in use, in a folder. */
export async function sweepTemporaries(dir: string): Promise<void> {
  for (const name of await namesIn(dir)) {
    const [, pid, where] = temporary.exec(name) ?? [];
    if (where !== host || running(Number(pid))) continue;
    // Another user's is that user's business.
    await rm(path.join(dir, name), { recursive: true, force: true }).catch(() => {});
  }
}

function running(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
