import type { Oid } from "../model/worktree";
import { utf8 } from "./quoted";
import { type PathChange, RawLogReader, type RawRecord, rawLogOptions } from "./rawChanges";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** A commit with what it changed. */
export interface RawCommit {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  readonly tree: Oid;
  readonly author: string;
  readonly subject: string;
  /** Against the first parent; of an own merge, see `readOwnCommits`, none. */
  readonly changes: readonly PathChange[];
}

interface Options {
  readonly signal?: AbortSignal | undefined;
}

export const landedOptions: readonly string[] = ["--first-parent", "--diff-merges=first-parent"];

/** The newest `count` commits along the first parents of `tip`, newest first: what landed on a branch, one by one. */
export function readLandings(
  repo: Repo,
  tip: Oid,
  count: number,
  options: Options = {},
): Promise<RawCommit[]> {
  return readLog(repo, [...landedOptions, `--max-count=${count}`], [tip], options);
}

/**
 * The commits that any of `tips` has and `target` has not, each after its parents; at most `count`, the newest.
 * Changes of merges are left out. Tips that are not in the repo are passed over.
 */
export async function readOwnCommits(
  repo: Repo,
  tips: readonly Oid[],
  target: Oid,
  count: number,
  options: Options = {},
): Promise<RawCommit[]> {
  const select = ["--topo-order", "--diff-merges=off", "--ignore-missing", `--max-count=${count}`];
  return (await readLog(repo, select, [...tips, `^${target}`], options)).reverse();
}

/** `git log --raw` that is read with `toRawCommit`; the revisions come from standard input. */
export function rawLogArguments(select: readonly string[]): string[] {
  const format = "--format=%x01%H %T %P%x02%an%x02%s";
  return ["--no-replace-objects", "log", ...rawLogOptions, format, ...select, "--stdin"];
}

async function readLog(
  repo: Repo,
  select: readonly string[],
  revisions: readonly string[],
  options: Options,
): Promise<RawCommit[]> {
  const args = rawLogArguments(select);
  // Read while git works out the rest.
  const reader = new RawLogReader();
  const result = await runBytes(repo.dir, args, {
    input: `${revisions.join("\n")}\n`,
    onStdout: (bytes) => reader.take(bytes.toString("latin1")),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return reader.records.map(toRawCommit);
}

export function toRawCommit({ header, changes }: RawRecord): RawCommit {
  const [ids = "", author = "", ...subject] = header.split("\x02");
  const [oid = "", tree = "", ...parents] = ids.split(" ").filter((id) => id !== "");
  return { oid, tree, parents, changes, author: utf8(author), subject: utf8(subject.join("\x02")) };
}
