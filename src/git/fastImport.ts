import type { Oid } from "../model/worktree";
import type { TreeEntry } from "./rawChanges";
import { GitError, runBytes } from "./run";
import type { Scratch } from "./scratch";

/** A file as a commit is to have it; `content` where the repo has no such blob yet. */
export type WrittenEntry = TreeEntry & { readonly content?: Buffer };

/** Path → what it becomes; null: nothing. Paths are held one character a byte. */
export type Writes = ReadonlyMap<string, WrittenEntry | null>;

/** A commit to be made. Texts are held one character a byte. */
export interface NewCommit {
  /** As git has it in a commit: `Ann <ann@example.com> 1780000000 +0200`. */
  readonly author: string;
  readonly committer: string;
  /** What the message is written in, where it is not UTF-8. */
  readonly encoding: string | null;
  readonly message: string;
  readonly writes: Writes;
}

/**
 * Writes commits, each on the one before and the first on `from`, as loose objects in one git process; nothing in the
 * real repo points to them. Gives their ids, and their trees', in the same order:
 *
 *     bedce4b6…
 *     040000 tree f267d21e…⇥
 */
export async function importCommits(
  scratch: Scratch,
  from: Oid,
  commits: readonly NewCommit[],
  signal?: AbortSignal,
): Promise<{ oid: Oid; tree: Oid }[]> {
  if (commits.length === 0) return [];
  const args = ["-c", "fastimport.unpackLimit=1000000000", "--git-dir=."];
  args.push("fast-import", "--quiet", "--date-format=raw-permissive");
  const ref = `refs/heads/import-${imports++}`;
  const { dir, env } = await scratch.open();
  const result = await runBytes(dir, args, {
    input: Buffer.from(commits.map((commit, i) => write(ref, from, commit, i)).join(""), "latin1"),
    env,
    ...(signal ? { signal } : {}),
  });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  const lines = result.stdout.toString("latin1").split("\n");
  return commits.map((_, i) => ({
    oid: lines[2 * i] ?? "",
    tree: /^040000 tree ([0-9a-f]+)\t$/.exec(lines[2 * i + 1] ?? "")?.[1] ?? "",
  }));
}

let imports = 0;

function write(ref: string, from: Oid, commit: NewCommit, index: number): string {
  const { author, committer, encoding, message, writes } = commit;
  const heading = [
    `commit ${ref}`,
    `mark :${index + 1}`,
    `author ${author}`,
    `committer ${committer}`,
    ...(encoding === null ? [] : [`encoding ${encoding}`]),
    `data ${message.length}`,
    message,
    `from ${index === 0 ? from : `:${index}`}`,
  ];
  // Removals first: a file may stand where a folder was, and the other way round.
  const entries = [...writes].sort(([, a], [, b]) => Number(a !== null) - Number(b !== null));
  const lines = entries.map(([path, entry]) => {
    if (entry === null) return `D ${quoted(path)}`;
    if (!entry.content) return `M ${entry.mode} ${entry.oid} ${quoted(path)}`;
    return `M ${entry.mode} inline ${quoted(path)}\ndata ${entry.content.length}\n${entry.content.toString("latin1")}`;
  });
  return `${[...heading, ...lines].join("\n")}\nget-mark :${index + 1}\nls :${index + 1} ""\n`;
}

/** A path as it stands ends with the line; in quotes it may hold anything. */
function quoted(path: string): string {
  if (!/^"|\n/.test(path)) return path;
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
