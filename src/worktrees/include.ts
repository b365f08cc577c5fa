import { constants } from "node:fs";
import { cp, lstat, mkdir } from "node:fs/promises";
import path from "node:path";
import { listIgnored } from "../git/ignored";
import { includeRules } from "./includePatterns";
import { exists, placeInside } from "./inside";
import { within } from "./name";
import { readRepoFile } from "./repoFile";

/** What was done with the ignored files that every worktree needs. Paths are relative; folders end in `/`. */
export interface Included {
  readonly copied: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

/**
 * Copies what git ignores *and* `.worktreeinclude` names from the main worktree into a new one: as reflinks where the
 * file system can, links as links, and never over something that is there.
 */
export async function copyIncluded(from: string, to: string, signal?: AbortSignal): Promise<Included> {
  const { text, skipped: unread } = await readRepoFile(from, ".worktreeinclude");
  if (unread !== null) return { copied: [], skipped: [{ path: ".worktreeinclude", why: unread }] };
  if (text === null || text.trim() === "") return { copied: [], skipped: [] };
  const copied: string[] = [];
  const skipped: { path: string; why: string }[] = [];
  for (const relative of await wanted(from, to, text)) {
    const target = await placeInside(to, relative);
    if (target === null)
      skipped.push({
        path: relative,
        why: "its place in the new worktree is not a folder, or its name has control characters",
      });
    else if (await exists(target)) skipped.push({ path: relative, why: "the new worktree has it already" });
    else {
      await mkdir(path.dirname(target), { recursive: true });
      await copy(path.join(from, relative), target, signal);
      copied.push(relative);
    }
  }
  return { copied, skipped };
}

async function wanted(from: string, to: string, text: string): Promise<string[]> {
  const rules = includeRules(text);
  const found: string[] = [];
  for (const entry of await listIgnored(from)) {
    // A folder that the new worktree is in cannot be copied into it as a whole.
    const around = entry.endsWith("/") && within(to, path.join(from, entry));
    if (rules.wants(entry) && !around) found.push(entry);
    else if (entry.endsWith("/") && (around || rules.leadsInto(entry))) {
      const files = (await listIgnored(from, entry)).filter((file) => rules.wants(file));
      // What ends in a slash here is somebody's checkout.
      found.push(...files.filter((file) => !file.endsWith("/")));
    }
  }
  return found;
}

async function copy(source: string, target: string, signal?: AbortSignal): Promise<void> {
  await cp(source, target, {
    recursive: true,
    force: false,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: async (file) => {
      signal?.throwIfAborted();
      const stat = await lstat(file);
      // A copied `.git` file would make a second folder claim somebody's worktree.
      if (stat.isDirectory()) return !(await isCheckout(file));
      // Sockets and pipes of a running program cannot be copied.
      return stat.isFile() || stat.isSymbolicLink();
    },
  });
}

async function isCheckout(folder: string): Promise<boolean> {
  return (await lstat(path.join(folder, ".git")).catch(() => null))?.isFile() === true;
}
