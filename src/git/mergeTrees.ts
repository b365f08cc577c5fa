import type { Oid } from "../model/worktree";
import { type GitOptions, run } from "./run";
import type { Scratch } from "./scratch";

/** What merging two commits gives. */
export interface MergedTree {
  readonly clean: boolean;
  /** With conflict markers in it when not clean. */
  readonly tree: Oid;
  /** Paths that git could not settle. */
  readonly conflicts: readonly string[];
}

export interface MergePair {
  readonly ours: Oid;
  readonly theirs: Oid;
}

interface Options {
  readonly signal?: AbortSignal | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Tries many merges in one git process. Null: git could not try it, for example for want of objects. */
export async function mergeTrees(
  scratch: Scratch,
  pairs: readonly MergePair[],
  options: Options = {},
): Promise<(MergedTree | null)[]> {
  const results: (MergedTree | null)[] = [];
  // Git stops at the first pair that it cannot try; the rest is asked again, but not for ever.
  for (let failures = 0; results.length < pairs.length && failures < 20; failures++) {
    const rest = pairs.slice(results.length);
    const { exitCode, stdout } = await run(
      scratch.dir,
      ["--git-dir=.", "merge-tree", "--stdin", "--name-only", "--no-messages", "--allow-unrelated-histories"],
      {
        input: `${rest.map(({ ours, theirs }) => `${ours} ${theirs}`).join("\n")}\n`,
        ...given(options),
      },
    );
    if (exitCode === usageError) return mergeOneByOne(scratch, pairs, options);
    results.push(...parseMerges(stdout));
    if (exitCode === null) break;
    if (results.length < pairs.length) results.push(null);
  }
  return pairs.map((_, i) => results[i] ?? null);
}

const usageError = 129;

function given({ signal, env }: Options): GitOptions {
  return { ...(signal ? { signal } : {}), ...(env ? { env } : {}) };
}

/** Git 2.38 knows no --stdin. */
async function mergeOneByOne(
  scratch: Scratch,
  pairs: readonly MergePair[],
  options: Options,
): Promise<(MergedTree | null)[]> {
  return Promise.all(
    pairs.map(async ({ ours, theirs }) => {
      const { exitCode, stdout } = await run(
        scratch.dir,
        [
          "--git-dir=.",
          "merge-tree",
          "--write-tree",
          "-z",
          "--name-only",
          "--no-messages",
          "--allow-unrelated-histories",
          ours,
          theirs,
        ],
        given(options),
      );
      const [tree, ...paths] = stdout.split("\0");
      if (!tree || (exitCode !== 0 && exitCode !== 1)) return null;
      return { clean: exitCode === 0, tree, conflicts: paths.filter((path) => path !== "") };
    }),
  );
}

/**
 * Parses `git merge-tree --stdin --name-only --no-messages`, a clean merge and one with conflicts:
 *
 *     1␀d9cad99e…␀␀0␀3da05640…␀src/a.ts␀b.ts␀␀
 */
export function parseMerges(text: string): MergedTree[] {
  const merges: MergedTree[] = [];
  const pieces = text.split("\0");
  for (let i = 0; i + 2 < pieces.length; i++) {
    const [status, tree = ""] = pieces.slice(i, i + 2);
    i += 2;
    const conflicts: string[] = [];
    for (let path = pieces[i]; path; path = pieces[++i]) conflicts.push(path);
    if (i < pieces.length) merges.push({ clean: status === "1", tree, conflicts });
  }
  return merges;
}
