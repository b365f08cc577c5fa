import { constants } from "node:fs";
import { access, lstat, opendir } from "node:fs/promises";
import path from "node:path";

const rebuildable = new Set(
  `node_modules bower_components .venv venv .tox .nox .eggs __pycache__ .pytest_cache .mypy_cache .ruff_cache
  target dist build out .next .nuxt .svelte-kit .astro .output .turbo .parcel-cache .cache .gradle .dart_tool
  .pnpm-store coverage .nyc_output vendor/bundle`.split(/\s+/),
);

/** Whether a folder has a name under which tools put only what they can make again; unknown names are kept. */
export function isRebuildable(folder: string): boolean {
  const parts = folder.split("/").filter((part) => part !== "");
  return rebuildable.has(parts.at(-1) ?? "") || rebuildable.has(parts.slice(-2).join("/"));
}

/** What was found in ignored folders; paths are relative to the worktree, with `/` between the parts. */
export interface Search {
  /** Folders that are git repos or worktrees of their own. */
  readonly repos: readonly string[];
  /** Names that are no text, so that they could not be given back. */
  readonly odd: readonly string[];
  /** Of the folders asked about those that hold too much to look through, or that can be made again but not read. */
  readonly unsearched: readonly string[];
  /** Of the folders asked about those that are to be kept and cannot be: unreadable, or not ours to move. */
  readonly denied: readonly string[];
}

/** How many entries of all folders together are looked at: some seconds' worth. */
const most = 200_000;

/**
 * Looks for git repos at any depth, never through a link. Folders that can be made again are looked at, and one level
 * below, where a deployment's clone may be; what tools fetched deeper down is theirs.
 */
export async function searchIgnored(top: string, folders: readonly string[], limit = most): Promise<Search> {
  const found: { repos: string[]; odd: string[] } = { repos: [], odd: [] };
  const unsearched: string[] = [];
  const denied: string[] = [];
  let left = limit;
  for (const folder of folders) {
    const result = await searchOne(folder.replace(/\/$/, ""));
    const kept = !isRebuildable(folder);
    if (kept && (result === "denied" || !(await mayMove(path.join(top, folder))))) denied.push(folder);
    else if (result !== "whole") unsearched.push(folder);
  }
  return { ...found, unsearched, denied };

  async function searchOne(start: string): Promise<"whole" | "too-much" | "denied"> {
    const waiting = [{ name: start, depth: Number.POSITIVE_INFINITY }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { name } = next;
      const depth = isRebuildable(name) ? Math.min(next.depth, 1) : next.depth;
      const file = path.join(top, name);
      try {
        if (await isThere(path.join(file, ".git"))) {
          found.repos.push(name);
          continue;
        }
        if (depth === 0) continue;
        for await (const item of await opendir(file)) {
          if (--left < 0) return "too-much";
          const below = `${name}/${item.name}`;
          // Bytes that are no UTF-8 come out of the decoder as this character.
          if (item.name.includes("\uFFFD") && depth > 1) found.odd.push(below);
          else if (item.isDirectory()) waiting.push({ name: below, depth: depth - 1 });
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") return "denied";
      }
    }
    return "whole";
  }
}

/** Moving a folder writes in it, too; a read-only one of our own can be made writable for that. */
async function mayMove(folder: string): Promise<boolean> {
  const [allowed, found] = await Promise.all([
    access(folder, constants.W_OK).then(
      () => true,
      () => false,
    ),
    lstat(folder).catch(() => null),
  ]);
  return allowed || found === null || found.uid === process.getuid?.();
}

async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw error;
  }
}

/** Those of the folders that lie on another file system than `place`, so that they cannot be moved there at once. */
export async function onOtherDisk(
  top: string,
  folders: readonly string[],
  place: string,
): Promise<readonly string[]> {
  const { dev } = await lstat(place);
  const found: string[] = [];
  for (const folder of folders) {
    const there = await lstat(path.join(top, folder)).catch(() => null);
    if (there && there.dev !== dev) found.push(folder);
  }
  return found;
}
