import type { Oid } from "../model/worktree";
import type { CommitWords } from "./rawCommits";
import type { Repo } from "./repo";
import { type GitResult, run } from "./run";

/** Whether the person has git sign commits. */
export async function signsCommits(repo: Repo): Promise<boolean> {
  const args = ["config", "--type=bool", "--get", "commit.gpgSign"];
  return (await run(repo.top ?? repo.dir, args)).stdout.trim() === "true";
}

/** A commit to be written with a signature. */
export interface Unsigned extends CommitWords {
  readonly tree: Oid;
}

/**
 * Writes commits, each on the one before and the first on `from`, signed as the person's settings say. Gives the last of
 * them, or what git said when it could not sign.
 */
export async function signCommits(
  repo: Repo,
  from: Oid,
  commits: readonly Unsigned[],
  signal?: AbortSignal,
): Promise<Oid | GitResult> {
  let tip = from;
  for (const { tree, author, encoding, message } of commits) {
    const [, name = "", email = "", date = ""] = /^(.*) <(.*)> (\S+ \S+)$/.exec(text(author)) ?? [];
    const coding = encoding === null ? [] : ["-c", `i18n.commitEncoding=${encoding}`];
    const result = await run(
      repo.top ?? repo.dir,
      [...coding, "commit-tree", "--gpg-sign", "-p", tip, tree],
      {
        env: { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: `@${date}` },
        input: Buffer.from(message, "latin1"),
        ...(signal ? { signal } : {}),
      },
    );
    if (result.exitCode !== 0) return result;
    tip = result.stdout.trim();
  }
  return tip;
}

function text(latin1: string): string {
  return Buffer.from(latin1, "latin1").toString();
}
