import { constants } from "node:fs";
import { cp, lstat, mkdir } from "node:fs/promises";
import path from "node:path";
import { listIgnored } from "../git/ignored";
import { readText } from "../store/atomic";
import { includeRules } from "./includePatterns";
import { exists, placeInside } from "./inside";

/** What was done with the ignored files that every worktree needs. Paths are relative; folders end in `/`. */
export interface Included {
  readonly copied: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

/**
 * Copies what git ignores *and* `.worktreeinclude` names from the main worktree into a new one: as reflinks where the
 * file system can, links as links, and never over something that is there.
 */
export async function copyIncluded(from: string, to: string): Promise<Included> {
  const text = await readText(path.join(from, ".worktreeinclude"));
  if (text === null || text.trim() === "") return { copied: [], skipped: [] };
  const copied: string[] = [];
  const skipped: { path: string; why: string }[] = [];
  for (const relative of await wanted(from, text)) {
    const target = await placeInside(to, relative);
    if (target === null)
      skipped.push({ path: relative, why: "its place in the new worktree is not a folder" });
    else if (await exists(target)) skipped.push({ path: relative, why: "the new worktree has it already" });
    else {
      await mkdir(path.dirname(target), { recursive: true });
      await copy(path.join(from, relative), target);
      copied.push(relative);
    }
  }
  return { copied, skipped };
}

async function wanted(from: string, text: string): Promise<string[]> {
  const rules = includeRules(text);
  const found: string[] = [];
  for (const entry of await listIgnored(from)) {
    if (rules.wants(entry)) found.push(entry);
    else if (entry.endsWith("/") && rules.leadsInto(entry)) {
      found.push(...(await listIgnored(from, entry)).filter((file) => rules.wants(file)));
    }
  }
  return found;
}

async function copy(source: string, target: string): Promise<void> {
  await cp(source, target, {
    recursive: true,
    force: false,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    // Sockets and pipes of a running program cannot be copied.
    filter: async (file) => {
      const stat = await lstat(file);
      return stat.isFile() || stat.isDirectory() || stat.isSymbolicLink();
    },
  });
}
