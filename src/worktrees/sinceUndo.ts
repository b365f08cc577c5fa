import { lstat, readFile, readlink } from "node:fs/promises";
import path from "node:path";
import type { Repo } from "../git/repo";
import { readRef } from "../git/updateRef";
import { findForeign } from "./foreign";
import { type Removal, rescueDir } from "./removalNote";

/**
 * Whether somebody worked in a worktree, or committed to its branch, while it was only half brought back: then it
 * holds what is neither in the head nor in the rescue.
 */
export async function wasWorkedIn(repo: Repo, removal: Removal): Promise<boolean> {
  const { branch, head, path: folder, rescued } = removal;
  if (branch !== null && (await readRef(repo, `refs/heads/${branch}`)) !== head) return true;
  const beside = await findForeign(repo, removal.id, folder, head);
  const besideRescue = await findForeign(repo, removal.id, folder, rescued ?? head);
  for (const name of besideRescue.paths) {
    if (beside.paths.includes(name) && !(await isOurs(repo, removal, name))) return true;
  }
  return false;
}

/** A kept file or the beginning of one, or a link that was there before. */
async function isOurs(repo: Repo, removal: Removal, name: string): Promise<boolean> {
  const file = path.join(removal.path, name);
  const link = removal.links.find((item) => item.path === name);
  if (link) return (await readlink(file).catch(() => null)) === link.target;
  const kept = path.join(rescueDir(repo, removal.id), "files", name);
  const [here, there] = await Promise.all([file, kept].map((item) => lstat(item).catch(() => null)));
  if (here?.isSymbolicLink() && there?.isSymbolicLink())
    return (await readlink(file)) === (await readlink(kept));
  if (!here?.isFile() || !there?.isFile()) return false;
  const [content, whole] = await Promise.all([readFile(file), readFile(kept)]);
  return whole.subarray(0, content.length).equals(content);
}
