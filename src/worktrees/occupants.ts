import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A process whose current folder is inside a worktree. */
export interface Occupant {
  readonly pid: number;
  /** The program's short name. */
  readonly command: string;
}

/** Who works inside the folder, this process excepted; null where the system does not tell (Windows). */
export async function findOccupants(folder: string): Promise<Occupant[] | null> {
  if (process.platform === "linux") return fromProc(folder);
  if (process.platform === "darwin") return fromLsof(folder);
  return null;
}

/** Who is there for longer than a `git status` of some editor takes. */
export async function lastingOccupants(folder: string): Promise<Occupant[] | null> {
  for (let looks = 1; ; looks++) {
    const occupants = await findOccupants(folder);
    const passing = occupants?.some(({ command }) => command === "git") ?? false;
    if (!passing || looks === 10) return occupants;
    await sleep(100);
  }
}

async function fromProc(folder: string): Promise<Occupant[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // Not readable: gone meanwhile, or another user's.
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
      if (cwd === null || !isInside(folder, cwd)) return [];
      const command = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => null);
      return command === null ? [] : [{ pid: Number(pid), command: command.trimEnd() }];
    }),
  );
  return found.flat();
}

function fromLsof(folder: string): Promise<Occupant[] | null> {
  return new Promise((resolve) => {
    // lsof exits with 1 when it could not look at some process; what it printed is good all the same.
    execFile("lsof", ["-a", "-d", "cwd", "-F", "pcn"], { timeout: 3_000 }, (error, stdout) => {
      resolve(error && (error.killed || stdout === "") ? null : parseLsof(stdout, folder));
    });
  });
}

/**
 * Parses `lsof -a -d cwd -F pcn`:
 *
 *     p4242
 *     czsh
 *     fcwd
 *     n/Users/ann/repo.worktrees/csv
 */
export function parseLsof(text: string, folder: string): Occupant[] {
  const found: Occupant[] = [];
  let pid = 0;
  let command = "";
  for (const line of text.split("\n")) {
    const value = line.slice(1);
    if (line[0] === "p") pid = Number(value);
    else if (line[0] === "c") command = value;
    else if (line[0] === "n" && pid !== process.pid && isInside(folder, value)) found.push({ pid, command });
  }
  return found;
}

/** Whether `inner` is the folder itself or lies in it. */
export function isInside(folder: string, inner: string): boolean {
  const way = path.relative(folder, inner);
  return way === "" || (way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}
