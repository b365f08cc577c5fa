import type { Oid } from "../model/worktree";
import { utf8 } from "./quoted";
import { type PathChange, RawLogReader, rawLogOptions } from "./rawChanges";
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

const landed = ["--first-parent", "--diff-merges=first-parent"];

/** The newest `count` commits along the first parents of `tip`, newest first: what landed on a branch, one by one. */
export function readLandings(
  repo: Repo,
  tip: Oid,
  count: number,
  options: Options = {},
): Promise<RawCommit[]> {
  return readLog(repo, [...landed, `--max-count=${count}`], [tip], options);
}

/** The same, begun before it is known how many are wanted; no more than `most`. */
export function readComingLandings(
  repo: Repo,
  tip: Oid,
  wanted: Promise<number>,
  most: number,
  options: Options = {},
): Promise<RawCommit[]> {
  return readLog(repo, [...landed, `--max-count=${most}`], [tip], options, wanted);
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

async function readLog(
  repo: Repo,
  select: readonly string[],
  revisions: readonly string[],
  { signal }: Options,
  wanted?: Promise<number>,
): Promise<RawCommit[]> {
  const format = "--format=%x01%H %T %P%x02%an%x02%s";
  const args = ["--no-replace-objects", "log", ...rawLogOptions, format, ...select, "--stdin"];
  // Read while git works out the rest.
  const reader = new RawLogReader();
  const enough = new AbortController();
  let most = Number.POSITIVE_INFINITY;
  const stopAtMost = () => {
    // Only when the next one begins is it known that all of one has been told.
    if (reader.records.length > most) enough.abort();
  };
  wanted?.then(
    (count) => {
      most = count;
      stopAtMost();
    },
    () => enough.abort(),
  );
  const result = await runBytes(repo.dir, args, {
    input: `${revisions.join("\n")}\n`,
    onStdout: (bytes) => {
      reader.take(bytes.toString("latin1"));
      stopAtMost();
    },
    signal: signal ? AbortSignal.any([signal, enough.signal]) : enough.signal,
  });
  if (result.exitCode !== 0 && !enough.signal.aborted) throw new GitError(args, { ...result, stdout: "" });
  return reader.records.slice(0, await wanted).map(({ header, changes }) => {
    const [ids = "", author = "", ...subject] = header.split("\x02");
    const [oid = "", tree = "", ...parents] = ids.split(" ").filter((id) => id !== "");
    return { oid, tree, parents, changes, author: utf8(author), subject: utf8(subject.join("\x02")) };
  });
}
