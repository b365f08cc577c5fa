import type { Oid } from "../model/worktree";
import { utf8 } from "./quoted";
import { type PathChange, RawLogReader, RawRecord, rawLogOptions } from "./rawChanges";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** A commit with what it changed, of which most is read when it is asked for: of most landings hardly anything is. */
export class RawCommit {
  readonly oid: Oid;
  private title: string | null = null;

  constructor(private readonly record: RawRecord) {
    const { header } = record;
    this.oid = header.slice(0, header.indexOf(" "));
  }

  /** Against the first parent; of an own merge, see `readOwnCommits`, none. */
  get changes(): readonly PathChange[] {
    return this.record.changes;
  }

  changesTo(paths: ReadonlySet<string>): readonly PathChange[] {
    return this.record.changesTo(paths);
  }

  get parents(): readonly Oid[] {
    return this.ids.slice(2);
  }

  get tree(): Oid {
    return this.ids[1] ?? "";
  }

  get author(): string {
    return utf8(this.record.header.split("\x02", 2)[1] ?? "");
  }

  get subject(): string {
    const { header } = this.record;
    this.title ??= utf8(header.slice(header.indexOf("\x02", header.indexOf("\x02") + 1) + 1));
    return this.title;
  }

  /** The same without what it changed and what it stands on. */
  get start(): RawCommit {
    const [oid, tree] = this.ids;
    return new RawCommit(
      new RawRecord(`${oid} ${tree} \x02${this.record.header.split("\x02").slice(1).join("\x02")}`),
    );
  }

  private get ids(): string[] {
    const { header } = this.record;
    return header.slice(0, header.indexOf("\x02")).trimEnd().split(" ");
  }
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

/**
 * Without it git log writes each commit by itself, and both it and this process are woken as often. Only where git starts
 * nobody else's programs: in a hook it could make git wait for ever.
 */
export const inBlocks = { GIT_FLUSH: "0" };

/** `git log --raw` that is read as `RawCommit`s; the revisions come from standard input. */
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
    env: inBlocks,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return reader.records.map((record) => new RawCommit(record));
}
