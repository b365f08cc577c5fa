import type { Oid } from "../model/worktree";
import { parseBatch } from "./readBlobs";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** What a commit says, one character a byte, so that it can be written again just so. */
export interface CommitWords {
  /** `Ann <ann@example.com> 1780000000 +0200` */
  readonly author: string;
  /** What it is written in; null: UTF-8. */
  readonly encoding: string | null;
  readonly message: string;
}

/** Reads what some commits say, in one git process; those that are not here are left out. */
export async function readCommitWords(
  repo: Repo,
  oids: readonly Oid[],
  signal?: AbortSignal,
): Promise<Map<Oid, CommitWords>> {
  if (oids.length === 0) return new Map();
  const args = ["--no-replace-objects", "cat-file", "--batch", "--buffer"];
  const input = `${oids.join("\n")}\n`;
  const result = await runBytes(repo.commonDir, args, { input, ...(signal ? { signal } : {}) });
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return new Map(
    [...parseBatch(result.stdout)].map(([oid, bytes]) => [oid, parseCommit(bytes.toString("latin1"))]),
  );
}

/**
 * Parses a commit. Lines of a signature begin with a space:
 *
 *     tree 4b825dc…\nparent 5c0ffee…\nauthor Ann <ann@example.com> 1780000000 +0200\ncommitter …\nencoding ISO-8859-1\n\nsubject
 */
export function parseCommit(text: string): CommitWords {
  const end = text.indexOf("\n\n");
  const header = end < 0 ? text : text.slice(0, end);
  const field = (name: string) => header.match(new RegExp(`^${name} (.*)$`, "m"))?.[1] ?? null;
  return {
    author: field("author") ?? "unknown <> 0 +0000",
    encoding: field("encoding"),
    message: end < 0 ? "" : text.slice(end + 2),
  };
}
