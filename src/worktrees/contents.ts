import { lstat, readlink, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { type ChangedPath, type Changes, type Place, readChanges } from "../git/changes";
import { changedUnwatched, type IndexEntry, readSpecialEntries } from "../git/indexEntries";
import { isRebuildable, searchIgnored } from "./ignoredFolders";
import type { Link } from "./removalNote";

/** What a worktree holds besides its head. */
export interface Contents {
  /** Files that git was told to pass over are counted as changed here, links to the main worktree are not. */
  readonly changes: Changes;
  /** Links that git ignores, or that lead to the same place in the main worktree. */
  readonly links: readonly Link[];
  /** Ignored files, and folders ignored as a whole, with a trailing slash, that nobody can make again. */
  readonly files: readonly string[];
  /** Folders ignored as a whole that tools make again. */
  readonly rebuildable: readonly string[];
  /** Ignored folders that could not be looked through as a whole for repos. */
  readonly unsearched: readonly string[];
  /** What a snapshot could not hold, each in words. */
  readonly unkeepable: readonly string[];
}

/** Null when git cannot tell. `submodules`: as for readChanges. */
export async function readContents(
  place: Place,
  mainFolder: string,
  submodules: "whole" | "commit" = "whole",
): Promise<Contents | null> {
  const found = await readChanges(place, submodules);
  if (!found) return null;
  const special = await readSpecialEntries(place);
  const unwatched = await changedUnwatched(place, special);
  const [links, rest] = await splitLinks(place.folder, mainFolder, found.paths);
  const ignored = await sortIgnored(place.folder, found.ignored);
  const search = await searchIgnored(place.folder, ignored.folders);
  const rebuildable = ignored.folders.filter(isRebuildable);
  const kept = ignored.folders.filter((folder) => !rebuildable.includes(folder));
  const files = [...ignored.files, ...kept];
  const paths = [...rest, ...unwatched.map(asChanged)];
  return {
    changes: {
      ...found,
      dirt: {
        ...found.dirt,
        changed: found.dirt.changed + unwatched.length,
        untracked: found.dirt.untracked - links.length,
      },
      paths,
    },
    links: [...links, ...ignored.links],
    files,
    rebuildable,
    unsearched: search.unsearched,
    unkeepable: [
      ...unkeepableNames([...paths.map(({ path }) => path), ...files, ...search.odd]),
      ...paths
        .filter(({ dirtySubmodule }) => dirtySubmodule)
        .map(({ path }) => `uncommitted work in the submodule ${path}`),
      ...paths.filter(({ path }) => path.endsWith("/")).map(({ path }) => repoInside(path)),
      ...(await reposOfSubmodules(place.folder, special)),
      ...search.repos.map(repoInside),
      ...search.denied.map((folder) => `${folder}, which you may not read or move as a whole`),
    ],
  };
}

function asChanged({ path, mode, oid }: IndexEntry): ChangedPath {
  return { path, index: { mode, oid }, deleted: false, dirtySubmodule: false };
}

/** A folder that stands in as a link for the main worktree's own (node_modules) is nobody's work. */
async function splitLinks(
  folder: string,
  mainFolder: string,
  paths: readonly ChangedPath[],
): Promise<[Link[], ChangedPath[]]> {
  const links: Link[] = [];
  const rest: ChangedPath[] = [];
  for (const changed of paths) {
    const link = changed.index === null ? await readLink(folder, changed.path) : null;
    const [target, same] = link
      ? await Promise.all(
          [folder, mainFolder].map((top) => realpath(path.join(top, changed.path)).catch(() => null)),
        )
      : [];
    if (link && target && target === same) links.push(link);
    else rest.push(changed);
  }
  return [links, rest];
}

async function sortIgnored(folder: string, ignored: readonly string[]) {
  const links: Link[] = [];
  const files: string[] = [];
  const folders: string[] = [];
  for (const name of ignored) {
    const link = await readLink(folder, name.replace(/\/$/, ""));
    if (link) links.push(link);
    else if (name.endsWith("/")) folders.push(name);
    else files.push(name);
  }
  return { links, files, folders };
}

/** Null for what is no link. Node says of a Windows junction, too, that it is one. */
async function readLink(folder: string, name: string): Promise<Link | null> {
  const file = path.join(folder, name);
  const found = await lstat(file).catch(() => null);
  if (!found?.isSymbolicLink()) return null;
  const [target, meant] = await Promise.all([readlink(file), stat(file).catch(() => null)]);
  return { path: name, target, directory: meant?.isDirectory() ?? false };
}

// Bytes that are no UTF-8 come out of the decoder as this character.
function unkeepableNames(names: readonly string[]): string[] {
  return names
    .filter((name) => name.includes("\uFFFD"))
    .map((name) => `a file whose name is no text (${name})`);
}

function repoInside(folder: string): string {
  return `${folder.replace(/\/$/, "")}, a git repo of its own`;
}

/** Submodules whose repo is not in git's own folder, as very old git made them. */
async function reposOfSubmodules(folder: string, special: readonly IndexEntry[]): Promise<string[]> {
  const found: string[] = [];
  for (const { path: name, mode } of special) {
    if (mode !== "160000") continue;
    const dotGit = await lstat(path.join(folder, name, ".git")).catch(() => null);
    if (dotGit?.isDirectory()) found.push(repoInside(name));
  }
  return found;
}
