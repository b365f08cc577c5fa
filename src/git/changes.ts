import type { Dirt, Oid } from "../model/worktree";
import { run } from "./run";

/** Where git finds a worktree, which may have been moved from the place that git knows. */
export interface Place {
  /** The worktree's folder. */
  readonly folder: string;
  /** Its administrative folder. */
  readonly adminDir: string;
}

export function gitAt(place: Place, ...args: readonly string[]): string[] {
  return [`--git-dir=${place.adminDir}`, `--work-tree=${place.folder}`, ...args];
}

/** A path that is not as HEAD has it, in the index or on disk. */
export interface ChangedPath {
  readonly path: string;
  /** What the index has there. */
  readonly index: { readonly mode: string; readonly oid: Oid } | null;
  /** Git misses the file on disk; false for one that it was told not to expect there. */
  readonly deleted: boolean;
  /** On disk a submodule with changes of its own that are not committed in it. */
  readonly dirtySubmodule: boolean;
}

export interface Changes {
  readonly head: Oid | null;
  readonly branch: string | null;
  readonly dirt: Dirt;
  readonly paths: readonly ChangedPath[];
  /** A trailing slash marks a folder that is ignored as a whole. */
  readonly ignored: readonly string[];
}

/**
 * Reads, without taking a lock, everything in a worktree that HEAD does not have; null when git cannot tell.
 * Settings that make `git status` hide something (untracked files, submodules, a file watcher) do not count.
 * `submodules`: what is looked at; their files cannot be while the worktree is not at its place.
 */
export async function readChanges(
  place: Place,
  submodules: "whole" | "commit" = "whole",
): Promise<Changes | null> {
  const args = [
    "--no-optional-locks",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.untrackedCache=false",
    ...gitAt(place, "status", "--porcelain=v2", "--branch", "--no-ahead-behind", "-z", "--find-renames"),
    "--untracked-files=all",
    "--ignored=matching",
    `--ignore-submodules=${submodules === "whole" ? "none" : "dirty"}`,
  ];
  const result = await run(place.folder, args);
  return result.exitCode === 0 ? parseChanges(result.stdout) : null;
}

/**
 * Parses `git status --porcelain=v2 --branch -z --untracked-files=all --ignored=matching`; the samples of status.ts,
 * and:
 *
 *     1 .M S.M. 160000 160000 160000 <oid> <oid> libs/sub
 *     ! .env
 *     ! node_modules/
 */
export function parseChanges(text: string): Changes {
  let head: Oid | null = null;
  let branch: string | null = null;
  const dirt = { staged: 0, changed: 0, untracked: 0, conflicted: 0 };
  const paths: ChangedPath[] = [];
  const ignored: string[] = [];
  const records = text.split("\0");
  for (let i = 0; i < records.length; i++) {
    const record = records[i] ?? "";
    const kind = record[0];
    if (record.startsWith("# branch.oid ")) head = record.endsWith("(initial)") ? null : record.slice(13);
    else if (record.startsWith("# branch.head "))
      branch = record === "# branch.head (detached)" ? null : record.slice(14);
    else if (kind === "!") ignored.push(record.slice(2));
    else if (kind === "?") {
      dirt.untracked++;
      paths.push(untracked(record.slice(2)));
    } else if (kind === "u") dirt.conflicted++;
    else if (kind === "1" || kind === "2") {
      if (record[2] !== ".") dirt.staged++;
      if (record[3] !== ".") dirt.changed++;
      paths.push(trackedPath(record, kind === "2" ? 9 : 8));
      if (kind === "2") paths.push(untracked(records[++i] ?? ""));
    }
  }
  return { head, branch, dirt, paths, ignored };
}

function untracked(path: string): ChangedPath {
  return { path, index: null, deleted: false, dirtySubmodule: false };
}

/** `fields`: how many fields, each ended by a space, come before the path. */
function trackedPath(record: string, fields: number): ChangedPath {
  const parts = record.split(" ");
  const [, , submodule = "", , modeInIndex = "", , , oidInIndex = ""] = parts;
  const inIndex = !/^0+$/.test(modeInIndex);
  return {
    path: parts.slice(fields).join(" "),
    index: inIndex ? { mode: modeInIndex, oid: oidInIndex } : null,
    deleted: record[3] === "D",
    dirtySubmodule: /^S.(M.|.U)$/.test(submodule),
  };
}
