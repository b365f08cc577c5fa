import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import path from "node:path";
import { liesInside } from "./inside";

/** What a file that the repo brings along says; `text` is null where there is none, or none that can be trusted. */
export interface RepoFile {
  readonly text: string | null;
  /** Why it was not read although something is there. */
  readonly skipped: string | null;
}

const mostBytes = 1 << 20;

/**
 * Reads a small text file of a worktree. A commit can put a link to a device or a pipe there, which would never end:
 * only plain files inside the worktree are read. Throws where reading itself fails.
 */
export async function readRepoFile(top: string, relative: string): Promise<RepoFile> {
  const skipped = { text: null, skipped: "it is not a plain file of at most 1 MB inside the worktree" };
  let file: string;
  try {
    file = await realpath(path.join(top, relative));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return { text: null, skipped: null };
    if (code === "ELOOP") return skipped;
    throw error;
  }
  if (!(await liesInside(top, file))) return skipped;
  try {
    // Neither a link nor a pipe that was put there since is followed or waited for.
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const found = await handle.stat();
      if (!found.isFile() || found.size > mostBytes) return skipped;
      return { text: await handle.readFile("utf8"), skipped: null };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { text: null, skipped: null };
    // A link, a socket, a device without a driver.
    if (code === "ELOOP" || code === "ENXIO" || code === "ENODEV" || code === "EISDIR") return skipped;
    throw error;
  }
}
