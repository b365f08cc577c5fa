import type { Oid } from "../model/worktree";
import { type FilePatch, patchFlags, readPatch } from "./patch";
import { utf8 } from "./quoted";
import { parseRawLog, rawLogOptions } from "./rawChanges";
import type { Repo } from "./repo";
import { GitError, type GitOptions, runBytes } from "./run";

/** One commit of the target's first-parent line: a merge, a squash or a plain commit. */
export interface Landing {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  /** ISO, of the commit. */
  readonly committedAt: string;
  readonly author: string;
  readonly subject: string;
}

/** With what it did, against its first parent, to the paths that were asked about. */
export interface LandedChange extends Landing {
  readonly patches: readonly FilePatch[];
}

interface Options {
  readonly signal?: AbortSignal | undefined;
}

/** The newest `count` landings up to `tip`, newest first. */
export async function readLandings(
  repo: Repo,
  tip: Oid,
  count: number,
  options: Options = {},
): Promise<Landing[]> {
  return readLog(repo, ["--no-patch", `--max-count=${count}`, tip], options);
}

/** What to ask of landings. */
export interface LandedQuery {
  readonly tip: Oid;
  /** A revision whose history is left out; one that does not exist leaves out nothing. */
  readonly without: string;
  /** Bytes held as latin1 text. */
  readonly paths: readonly string[];
}

/**
 * The landings of `tip` that changed any of some paths, newest first. A promised query (null: none) lets git start before
 * it is known.
 */
export async function readLandedChanges(
  repo: Repo,
  query: LandedQuery | Promise<LandedQuery | null>,
  options: Options = {},
): Promise<LandedChange[]> {
  const which = [...patchFlags, "--diff-merges=first-parent", "--root", "--ignore-missing"];
  if (!(query instanceof Promise)) return readLog(repo, [...which, ...words(query)], options);
  // A path with a line break in it would be read as two; that query is asked for itself.
  const input = query.then((known) =>
    known && !known.paths.some((path) => path.includes("\n"))
      ? Buffer.from(`${words(known, "latin1").join("\n")}\n`, "latin1")
      : null,
  );
  const [known, asked, landings] = await Promise.all([
    query,
    input,
    readLog(repo, [...which, "--stdin"], { ...options, input }),
  ]);
  return known && asked === null ? readLandedChanges(repo, known, options) : landings;
}

/** The landings of `tip` that touched any of some paths, newest first, and which of them. */
export async function readTouching(
  repo: Repo,
  query: LandedQuery,
  { signal }: Options = {},
): Promise<(Landing & { readonly paths: ReadonlySet<string> })[]> {
  const args = [
    ...["--literal-pathspecs", "log", ...rawLogOptions, "--first-parent", "--diff-merges=first-parent"],
    ...["--no-follow", "--ignore-missing", `--format=${landingFormat}`, ...words(query)],
  ];
  const result = await runBytes(repo.commonDir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return parseRawLog(result.stdout.toString("latin1")).map(({ header, changes }) => ({
    ...parseLanding(header),
    paths: new Set(changes.map(({ path }) => path)),
  }));
}

function words({ tip, without, paths }: LandedQuery, encoding: BufferEncoding = "utf8"): string[] {
  return [tip, `^${without}`, "--", ...paths.map((name) => Buffer.from(name, "latin1").toString(encoding))];
}

async function readLog(
  repo: Repo,
  which: readonly string[],
  { signal, input }: Options & Pick<GitOptions, "input">,
): Promise<LandedChange[]> {
  const args = [
    // Nobody reads the lines of a file beyond the threshold, and memory has an end.
    ...["--literal-pathspecs", "-c", "core.quotePath=false", "-c", "core.bigFileThreshold=4m"],
    ...["log", "--first-parent", "--no-follow", "--no-show-signature", "--no-color"],
    ...[`--format=${landingFormat}`, ...which],
  ];
  const given = input === undefined ? {} : { input };
  const result = await runBytes(repo.commonDir, args, { ...given, ...(signal ? { signal } : {}) });
  if (input !== undefined && (await input) === null) return [];
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return parse(result.stdout.toString("latin1"));
}

const landingFormat = "%x01%H%n%P%n%cI%n%an%n%s";

function parseLanding(lines: string): Landing {
  const [oid = "", parents = "", committedAt = "", author = "", subject = ""] = lines.split("\n");
  return {
    oid,
    parents: parents === "" ? [] : parents.split(" "),
    committedAt,
    author: utf8(author),
    subject: utf8(subject),
  };
}

/**
 *     ␁<oid>
 *     <parents>
 *     2026-11-22T10:00:00+00:00
 *     Ann
 *     feat: CSV export (#12)
 *
 *     diff --git a/src/a.ts b/src/a.ts
 *     …
 */
function parse(text: string): LandedChange[] {
  const landings: LandedChange[] = [];
  for (let at = 0; text[at] === "\x01"; ) {
    let end = at;
    for (let lines = 0; lines < 5; lines++) end = text.indexOf("\n", end) + 1;
    const landing = parseLanding(text.slice(at + 1, end));
    const read = readPatch(text, skipBlank(text, end));
    at = skipBlank(text, read.end);
    landings.push({ ...landing, patches: read.files });
  }
  return landings;
}

function skipBlank(text: string, at: number): number {
  let end = at;
  while (text[end] === "\n") end++;
  return end;
}
