import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { GitError, run } from "./run";

/**
 * The commits that some names stand for, in order; null for a name that stands for none. One process for all.
 * `HEAD` is the one of the worktree that was asked about.
 */
export async function resolveCommits(repo: Repo, names: readonly string[]): Promise<(Oid | null)[]> {
  const safe = names.map((name) => (name === "" || /[\n\0]/.test(name) ? ":" : `${name}^{commit}`));
  const args = ["cat-file", "--batch-check=%(objectname)"];
  const result = await run(repo.top ?? repo.commonDir, args, { input: `${safe.join("\n")}\n` });
  if (result.exitCode !== 0) throw new GitError(args, result);
  // 4b825dc…⏎ or "name missing"⏎
  return result.stdout
    .split("\n")
    .slice(0, names.length)
    .map((line) => (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(line) ? line : null));
}

/** Whether the history was cut off at a depth: what lies before is then not known here. */
export async function isShallow(repo: Repo): Promise<boolean> {
  return (await run(repo.commonDir, ["rev-parse", "--is-shallow-repository"])).stdout.trim() === "true";
}

/** The best common ancestor; null when there is none. */
export async function mergeBase(repo: Repo, a: Oid, b: Oid): Promise<Oid | null> {
  const result = await run(repo.commonDir, ["merge-base", a, b]);
  return result.exitCode === 0 ? result.stdout.trim() : null;
}

/** Those of the commits that no other of them has in its history. */
export async function independentOf(repo: Repo, oids: readonly Oid[]): Promise<Oid[]> {
  const args = ["merge-base", "--independent", ...oids];
  const result = await run(repo.commonDir, args);
  if (result.exitCode !== 0) throw new GitError(args, result);
  return result.stdout.split("\n").filter(Boolean);
}

/** First-parent commits of `tip`, newest first, that `without` does not have; at most `count`. Null when that is not here. */
export async function firstParentsWithout(
  repo: Repo,
  tip: Oid,
  without: Oid,
  count: number,
): Promise<Oid[] | null> {
  const args = ["rev-list", "--first-parent", `--max-count=${count}`, tip, `^${without}`];
  const result = await run(repo.commonDir, args);
  if (result.exitCode === 128) return null;
  if (result.exitCode !== 0) throw new GitError(args, result);
  return result.stdout.split("\n").filter(Boolean);
}
