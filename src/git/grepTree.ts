import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { GitError, run } from "./run";

export interface TreeHit {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** The line; with `words` alone the word that was found. */
  readonly text: string;
}

interface Options {
  /** Only whole words, each told by itself. */
  readonly words?: boolean;
  /** Globs as in a pathspec. */
  readonly paths: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

// Of more the answer would help nobody, and all of it is in memory at once.
const mostBytes = 16 << 20;

/** Finds texts in the files of a commit; null when there are too many hits to tell. */
export async function grepTree(
  repo: Repo,
  tree: Oid,
  texts: readonly string[],
  { words = false, paths, signal }: Options,
): Promise<TreeHit[] | null> {
  const askable = texts.filter((text) => text !== "" && !/[\n\0]/.test(text));
  if (askable.length === 0) return [];
  const args = [
    ...["grep", "-z", "-n", "-I", "-E", "--no-color", "--no-textconv", "--no-recurse-submodules"],
    ...(words ? ["-w", "-o"] : []),
    ...["-f", "-", tree, "--", ...paths],
  ];
  const result = await run(repo.commonDir, args, {
    // One pattern for all: git tries many of them one after the other on each line.
    input: `${askable.map(escaped).join("|")}\n`,
    mostBytes,
    ...(signal ? { signal } : {}),
  });
  if (result.exitCode === 1) return [];
  if (result.exitCode !== 0) throw new GitError(args, result);
  return result.stdout.length >= mostBytes ? null : parseHits(result.stdout, tree);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Parses `<tree>:src/a.ts␀12␀the line⏎`; a path may hold anything, a line no line break. */
export function parseHits(text: string, tree: Oid): TreeHit[] {
  const hits: TreeHit[] = [];
  for (let at = 0; at < text.length; ) {
    const [path, line] = [text.indexOf("\0", at), text.indexOf("\0", text.indexOf("\0", at) + 1)];
    if (path < 0 || line < 0) break;
    const end = text.indexOf("\n", line);
    hits.push({
      path: text.slice(at + tree.length + 1, path),
      line: Number(text.slice(path + 1, line)),
      text: text.slice(line + 1, end < 0 ? undefined : end),
    });
    at = end < 0 ? text.length : end + 1;
  }
  return hits;
}
