import type { Oid } from "../model/worktree";
import { parseRaw, type TouchedPath } from "./landings";
import { utf8 } from "./quoted";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/** One commit of a branch, with what it says and what it touched (a merge: nothing). */
export interface OwnCommit {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  readonly author: string;
  readonly email: string;
  /** ISO, of the author date. */
  readonly authoredAt: string;
  readonly subject: string;
  readonly body: string;
  readonly touched: readonly TouchedPath[];
}

/**
 * The commits of `head` that `base` lacks, newest first.
 *
 *     ␁<oid>␂<parents>␂Ann␂ann@example.com␂2026-11-22T10:00:00+00:00␂subject␂body␃
 *
 *     :100644 100644 de98… 55dc… M⇥src/a.ts
 */
export async function readOwnCommits(
  repo: Repo,
  base: Oid,
  head: Oid,
  signal?: AbortSignal,
): Promise<OwnCommit[]> {
  const args = [
    ...["-c", "core.quotePath=false", "-c", "log.showSignature=false"],
    ...["log", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=none", "--no-color"],
    ...["--format=%x01%H%x02%P%x02%an%x02%ae%x02%aI%x02%s%x02%b%x03", head, `^${base}`],
  ];
  const result = await runBytes(repo.commonDir, args, signal ? { signal } : {});
  if (result.exitCode !== 0) throw new GitError(args, { ...result, stdout: "" });
  return result.stdout.toString("latin1").split("\x01").slice(1).map(parse);
}

function parse(text: string): OwnCommit {
  const end = text.indexOf("\x03");
  const [oid = "", parents = "", author = "", email = "", authoredAt = "", subject = "", body = ""] = text
    .slice(0, end)
    .split("\x02");
  const raw = text
    .slice(end + 1)
    .split("\n")
    .filter((line) => line.startsWith(":"));
  return {
    oid,
    parents: parents === "" ? [] : parents.split(" "),
    author: utf8(author),
    email: utf8(email),
    authoredAt,
    subject: utf8(subject),
    body: utf8(body),
    touched: raw.map(parseRaw),
  };
}
