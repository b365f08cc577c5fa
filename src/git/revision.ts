import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run, runOk } from "./run";

/** A commit that somebody named. */
export interface Revision {
  readonly ref: string;
  readonly oid: Oid;
  /** Short name, where a local branch was named, `HEAD` on a branch included. */
  readonly branch: string | null;
}

/** Finds what a person named, seen from the worktree that was asked about; null when there is no such commit. */
export async function findRevision(repo: Repo, ref: string): Promise<Revision | null> {
  const dir = repo.top ?? repo.dir;
  // Git has no such name, and would be asked for an option.
  if (ref.startsWith("-")) return null;
  const named = await run(dir, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (named.exitCode !== 0) return null;
  const oid = named.stdout.trim();
  // Answers a branch's full name, `HEAD` when detached, nothing for a bare id.
  const full = await run(dir, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--symbolic-full-name",
    "--end-of-options",
    ref,
  ]);
  const branch = /^refs\/heads\/(.+)\n/.exec(full.stdout)?.[1] ?? null;
  return { ref, oid, branch };
}

export async function isAncestor(repo: Repo, older: Oid, newer: Oid): Promise<boolean> {
  return (await run(repo.dir, ["merge-base", "--is-ancestor", older, newer])).exitCode === 0;
}

/** The newest commits that `head` has and `target` has not, at most 2,000. */
export async function commitsBeyond(repo: Repo, head: Oid, target: Oid): Promise<Oid[]> {
  const text = await runOk(repo.dir, ["rev-list", "--max-count=2000", head, `^${target}`]);
  return text.split("\n").filter((line) => line !== "");
}
