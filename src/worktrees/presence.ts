import { access, constants, lstat } from "node:fs/promises";
import path from "node:path";

/**
 * What can be said of a worktree's folder. `out-of-reach`: it is not there, and neither is what should hold it, or that
 * cannot be read, as with a drive that is not connected. `not-readable`: it may well be there.
 */
export type Presence = "there" | "missing" | "out-of-reach" | "not-readable";

/** `look`: rejects, with a code as node's own calls have it, for what is not there or cannot be read. */
export async function presenceOf(
  folder: string,
  look: (file: string) => Promise<unknown> = lstat,
): Promise<Presence> {
  try {
    await look(folder);
    return "there";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") return "not-readable";
  }
  const parent = path.dirname(folder);
  const readable = await access(parent, constants.R_OK).then(
    () => true,
    () => false,
  );
  return readable ? "missing" : "out-of-reach";
}
