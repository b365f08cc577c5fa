import { readFilesAt } from "../git/filesAt";
import { type OwnCommit, readOwnCommits } from "../git/ownCommits";
import type { FilePatch } from "../git/patch";
import { utf8 } from "../git/quoted";
import type { Repo } from "../git/repo";
import { readTreeDiff } from "../git/treeDiff";
import { readTreePaths } from "../git/treePaths";
import type { PullText } from "../model/done";
import type { Oid } from "../model/worktree";
import type { Change, ChangeCommit, ChangedFile } from "./change";
import { isCode, isProse } from "./kinds";
import { isPackageFile } from "./scripts";

/** Which change to look at. */
export interface Ends {
  readonly base: Oid;
  readonly head: Oid;
  readonly mergeBase: Oid;
  /** The head's branch, where it is one. */
  readonly branch: string | null;
}

// Nobody reads through a larger change, and all of the texts are in memory at once.
const mostTexts = 2_000;

export async function readChange(
  repo: Repo,
  { base, head, mergeBase, branch }: Ends,
  pull: PullText | null,
  signal?: AbortSignal,
): Promise<Change> {
  const [patches, commits, before, after] = await Promise.all([
    readTreeDiff(repo, mergeBase, head, signal),
    readOwnCommits(repo, base, head, signal),
    readTreePaths(repo, mergeBase, signal),
    readTreePaths(repo, head, signal),
  ]);
  const files = patches.map(toFile);
  const changed = files.filter(({ path }) => isCode(path) || isProse(path));
  const texts = [
    changed.filter(({ status }) => status !== "deleted").map(({ path }) => path),
    changed.filter(({ status }) => status !== "added").map(({ oldPath }) => oldPath),
  ] as const;
  const [now, then] = await Promise.all([
    readFilesAt(repo, head, [...[...after].filter(isWanted), ...texts[0]].slice(0, mostTexts)),
    readFilesAt(repo, mergeBase, [...[...before].filter(isWanted), ...texts[1]].slice(0, mostTexts)),
  ]);
  return {
    files,
    commits: commits.map(toCommit).reverse(),
    branch,
    pull,
    before,
    after,
    read: (path) => now.get(path) ?? null,
    readBefore: (path) => then.get(path) ?? null,
  };
}

function isWanted(path: string): boolean {
  return (
    isPackageFile(path) ||
    /(^|\/)(CLAUDE|AGENTS)\.md$|(^|\/)(changelog|changes|history|news|releases)[^/]*$/i.test(path)
  );
}

function toCommit({ oid, subject, body, touched }: OwnCommit): ChangeCommit {
  return { oid, subject, body, touched: touched.map(({ path }) => utf8(path)) };
}

function toFile({ status, oldPath, newPath, binary, hunks }: FilePatch): ChangedFile {
  const deleted = status === "deleted";
  return {
    status,
    path: utf8(deleted ? oldPath : newPath),
    oldPath: utf8(oldPath),
    binary,
    added: hunks.flatMap(({ newStart, added }) =>
      added.map((text, i) => ({ line: newStart + i, text: plain(text) })),
    ),
    removed: hunks.flatMap(({ removed }) => removed.map(plain)),
  };
}

function plain(line: string): string {
  return utf8(line).replace(/\r$/, "");
}
