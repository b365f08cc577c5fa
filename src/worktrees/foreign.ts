import { lstat, open, readlink, rm } from "node:fs/promises";
import path from "node:path";
import { checkedOutContent, findLeftovers, type Scene } from "../git/leftovers";
import type { Repo } from "../git/repo";
import { notesDir } from "../store/home";

/** What a half-made folder holds that we did not put there. */
export interface Foreign {
  /** Paths in the folder; empty: it may go. */
  readonly paths: readonly string[];
  /** Files of the base that were cut off while they were written. */
  readonly torn: readonly string[];
}

/**
 * Tells our own traces in a half-made worktree from somebody's work. Ours is: what a checkout of the base writes, what
 * was copied or linked from the main worktree, and the beginning of such a file where the writer was killed.
 */
export async function findForeign(repo: Repo, id: string, folder: string, oid: string): Promise<Foreign> {
  const indexFile = path.join(notesDir(repo.commonDir), `settle-${id}.index`);
  const scene: Scene = { commonDir: repo.commonDir, folder, oid, indexFile };
  try {
    const { changed, extra } = await findLeftovers(scene);
    const paths: string[] = [];
    const torn: string[] = [];
    for (const file of changed) {
      const whole = await checkedOutContent(scene, file);
      if (whole !== null && (await beginsWith(whole, path.join(folder, file)))) torn.push(file);
      else paths.push(file);
    }
    for (const file of extra) {
      if (!(await isCopy(path.join(repo.dir, file), path.join(folder, file), repo.dir))) paths.push(file);
    }
    return { paths, torn };
  } finally {
    await rm(indexFile, { force: true });
    await rm(`${indexFile}.lock`, { force: true });
  }
}

/** Whether the file is the beginning of that content, or all of it. */
async function beginsWith(whole: Buffer, file: string): Promise<boolean> {
  const found = await lstat(file);
  if (!found.isFile() || found.size > whole.length) return false;
  const handle = await open(file, "r");
  try {
    const part = await handle.readFile();
    return whole.subarray(0, part.length).equals(part);
  } finally {
    await handle.close();
  }
}

async function isCopy(original: string, copy: string, root: string): Promise<boolean> {
  const [there, here] = await Promise.all([lstat(original).catch(() => null), lstat(copy).catch(() => null)]);
  if (here === null) return true;
  if (here.isSymbolicLink()) {
    const target = await readlink(copy);
    if (there?.isSymbolicLink() && target === (await readlink(original))) return true;
    return path.resolve(path.dirname(copy), target) === original && original.startsWith(root);
  }
  return here.isFile() && there?.isFile() === true && (await sameBeginning(original, copy, here.size));
}

/** Compares in pieces, because what was copied may be large. */
async function sameBeginning(original: string, copy: string, size: number): Promise<boolean> {
  const [one, other] = await Promise.all([open(original, "r"), open(copy, "r")]);
  try {
    const step = 1 << 20;
    for (let at = 0; at < size; at += step) {
      const length = Math.min(step, size - at);
      const pieces = await Promise.all(
        [one, other].map((handle) => handle.read(Buffer.alloc(length), 0, length, at)),
      );
      const [a, b] = pieces;
      if (!a || !b || a.bytesRead < length || !a.buffer.equals(b.buffer)) return false;
    }
    return true;
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}
