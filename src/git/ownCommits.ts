import type { Oid } from "../model/worktree";
import { utf8 } from "./quoted";
import { type PathChange, parseRawLog, rawLogOptions } from "./rawChanges";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** One commit of a branch, with what it says and what it touched (a merge: nothing). */
export interface OwnCommit {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  readonly author: string;
  readonly email: string;
  /** ISO; a rebase keeps it, and sets the other anew. */
  readonly authoredAt: string;
  readonly committedAt: string;
  /** A server's name where it made the commit, as in a squash merge. */
  readonly committer: string;
  readonly subject: string;
  readonly body: string;
  readonly touched: readonly PathChange[];
}

/**
 * The commits of `head` that `base` lacks, newest first.
 *
 *     ␁<oid>
 *     <parents>
 *     Ann
 *     ann@example.com
 *     2026-11-22T10:00:00+00:00
 *     2026-11-22T10:00:00+00:00
 *     Ann
 *     feat: CSV export
 *
 *     Why it is needed.
 */
export async function readOwnCommits(
  repo: Repo,
  base: Oid,
  head: Oid,
  signal?: AbortSignal,
): Promise<OwnCommit[]> {
  const args = [
    ...["log", ...rawLogOptions, "--diff-merges=off", "--no-follow"],
    ...["--format=%x01%H%n%P%n%an%n%ae%n%aI%n%cI%n%cn%n%s%n%b", head, `^${base}`],
  ];
  const result = await runBytes(repo.commonDir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return parseRawLog(result.stdout.toString("latin1")).map(({ header, changes }) => {
    const [oid = "", parents = "", author = "", email = "", authoredAt = "", ...more] = header.split("\n");
    const [committedAt = "", committer = "", subject = "", ...body] = more;
    return {
      oid,
      parents: parents === "" ? [] : parents.split(" "),
      author: utf8(author),
      email,
      authoredAt,
      committedAt,
      committer: utf8(committer),
      subject: utf8(subject),
      body: utf8(body.join("\n")),
      touched: changes,
    };
  });
}
