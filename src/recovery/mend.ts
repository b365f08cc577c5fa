import { lstat, readFile, readlink, rm } from "node:fs/promises";
import path from "node:path";
import { readChanges } from "../git/changes";
import { readCheckedOut } from "../git/checkedOut";
import { utf8 } from "../git/quoted";
import { restoreIndex } from "../git/restoreFiles";
import type { Oid } from "../model/worktree";

/** Where a recovery works, as its git and its files see it. */
export interface Desktop {
  readonly folder: string;
  readonly adminDir: string;
}

/**
 * Those of the paths (held one character a byte) that are not as HEAD has them, and of these the ones that hold what none
 * of the states has there, nor the beginning of it: somebody else wrote that.
 */
export async function findForeign(
  desktop: Desktop,
  paths: readonly string[],
  states: readonly Oid[],
): Promise<{ dirty: string[]; foreign: string[] }> {
  const changed = new Set((await readChanges(desktop))?.paths.map((each) => each.path));
  const dirty = paths.filter((each) => changed.has(utf8(each)));
  const foreign: string[] = [];
  for (const each of dirty) if (!(await isOurs(desktop.folder, utf8(each), states))) foreign.push(each);
  return { dirty, foreign };
}

async function isOurs(folder: string, name: string, states: readonly Oid[]): Promise<boolean> {
  const file = path.join(folder, name);
  const found = await lstat(file).catch(() => null);
  if (found === null) return true;
  if (!found.isFile() && !found.isSymbolicLink()) return false;
  const content = found.isFile() ? await readFile(file) : await readlink(file, "buffer");
  for (const state of states) {
    const whole = await readCheckedOut(folder, state, name).catch(() => null);
    if (whole !== null && beginsWith(plain(whole), plain(content))) return true;
  }
  return false;
}

function beginsWith(whole: Buffer, part: Buffer): boolean {
  return whole.subarray(0, part.length).equals(part);
}

/** Git calls the two sides of a conflict by other names when it is only tried out. */
function plain(content: Buffer): Buffer {
  if (content.indexOf("<<<<<<< ") < 0) return content;
  const text = content.toString("latin1").replace(/^(<{7}|>{7}|\|{7}) .*$/gm, "$1");
  return Buffer.from(text, "latin1");
}

/** Puts the paths back to what a commit has, after a git that was to change them was killed. */
export async function putBack({ folder }: Desktop, commit: Oid, paths: readonly string[]): Promise<void> {
  for (const each of paths) await rm(path.join(folder, utf8(each)), { force: true });
  await restoreIndex(folder, commit, paths);
}
