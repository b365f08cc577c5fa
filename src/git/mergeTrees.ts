import type { Oid } from "../model/worktree";
import { utf8 } from "./quoted";
import { type GitOptions, runBytes } from "./run";
import type { OpenScratch, Scratch } from "./scratch";

/** One thing that git could not settle: all paths that have to do with it, one character a byte. */
export type Dispute = readonly string[];

/** What merging two commits gives. */
export interface MergedTree {
  readonly clean: boolean;
  /** With conflict markers in it when not clean. */
  readonly tree: Oid;
  /** Paths that git could not settle. */
  readonly conflicts: readonly string[];
  readonly disputes: readonly Dispute[];
  /** Files that one side changed and the other has not any more, under no name; one character a byte. */
  readonly deletedBeside: readonly string[];
}

export interface MergePair {
  readonly ours: Oid;
  readonly theirs: Oid;
}

interface Options {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tries many merges in one git process, which a promise lets start before they are known. Null: git could not try it, for
 * example for want of objects.
 */
export async function mergeTrees(
  scratch: Scratch,
  asked: readonly MergePair[] | Promise<readonly MergePair[]>,
  options: Options = {},
): Promise<(MergedTree | null)[]> {
  if (!(asked instanceof Promise) && asked.length === 0) return [];
  const { dir, env } = await scratch.open();
  const results: (MergedTree | null)[] = [];
  const words = (some: readonly MergePair[]) =>
    `${some.map(({ ours, theirs }) => `${ours} ${theirs}`).join("\n")}\n`;
  let input = asked instanceof Promise ? asked.then(words) : words(asked);
  // Git stops at the first pair that it cannot try; the rest is asked again, but not for ever.
  for (let failures = 0; failures < 20; failures++) {
    const { exitCode, stdout } = await runBytes(
      dir,
      ["--git-dir=.", "merge-tree", "--stdin", "--name-only", "--allow-unrelated-histories"],
      { input, ...given(env, options) },
    );
    // Whoever stops it may never say what was to be asked.
    if (options.signal?.aborted)
      return asked instanceof Promise ? [] : asked.map((_, i) => results[i] ?? null);
    const pairs = await asked;
    if (exitCode === usageError) return mergeOneByOne(scratch, pairs, options);
    results.push(...parseMerges(stdout.toString("latin1")));
    if (exitCode === null) break;
    if (results.length < pairs.length) results.push(null);
    if (results.length >= pairs.length) break;
    input = words(pairs.slice(results.length));
  }
  return (await asked).map((_, i) => results[i] ?? null);
}

const usageError = 129;

function given(env: OpenScratch["env"], { signal }: Options): GitOptions {
  return { env, ...(signal ? { signal } : {}) };
}

/** For git 2.38, which knows no --stdin. */
export async function mergeOneByOne(
  scratch: Scratch,
  pairs: readonly MergePair[],
  options: Options = {},
): Promise<(MergedTree | null)[]> {
  const { dir, env } = await scratch.open();
  const args = [
    "--git-dir=.",
    "merge-tree",
    "--write-tree",
    "-z",
    "--name-only",
    "--allow-unrelated-histories",
  ];
  return Promise.all(
    pairs.map(async ({ ours, theirs }) => {
      const { exitCode, stdout } = await runBytes(dir, [...args, ours, theirs], given(env, options));
      if (exitCode !== 0 && exitCode !== 1) return null;
      // The form of --stdin has the status before it and one piece more at the end.
      return parseMerges(`${1 - exitCode}\0${stdout.toString("latin1")}\0`)[0] ?? null;
    }),
  );
}

/**
 * Parses `git merge-tree --stdin --name-only`, read as latin1: a clean merge, and one with two conflicted paths, of
 * which git tells in three messages. Each message has the number of its paths, the paths, a kind and a sentence; the
 * kind is made for programs, the sentence is not. Advice about submodules may stand before the end.
 *
 *     1␀d9cad99e…␀␀
 *     0␀3da05640…␀new/x␀b.ts␀␀2␀new/x␀old/x␀CONFLICT (directory rename suggested)␀CONFLICT (file location): …\n␀
 *     1␀b.ts␀Auto-merging␀Auto-merging b.ts\n␀1␀b.ts␀CONFLICT (contents)␀CONFLICT (content): …\n␀␀
 */
export function parseMerges(text: string): MergedTree[] {
  const merges: MergedTree[] = [];
  const pieces = text.split("\0");
  for (let i = 0; i + 2 < pieces.length; i++) {
    const clean = pieces[i] === "1";
    const tree = pieces[i + 1] ?? "";
    i += 2;
    const conflicts: string[] = [];
    for (let path = pieces[i]; path; path = pieces[++i]) conflicts.push(utf8(path));
    const disputes: Dispute[] = [];
    const deletedBeside: string[] = [];
    if (!clean) i++;
    while (!clean && /^[1-9]\d*$/.test(pieces[i] ?? "")) {
      const count = Number(pieces[i]);
      const kind = pieces[i + count + 1] ?? "";
      if (/^(CONFLICT|ERROR)/.test(kind)) disputes.push(pieces.slice(i + 1, i + count + 1));
      if (kind === "CONFLICT (modify/delete)") deletedBeside.push(pieces[i + 1] ?? "");
      i += count + 3;
    }
    if (i + 1 < pieces.length) merges.push({ clean, tree, conflicts, disputes, deletedBeside });
  }
  return merges;
}
