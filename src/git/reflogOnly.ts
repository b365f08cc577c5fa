import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run, runOk } from "./run";

/** Commits that no ref has. */
export interface Unheld {
  /** Those that no other one of them has in its history: who keeps these keeps all. Newest first. */
  readonly tips: readonly Oid[];
  readonly count: number;
}

/**
 * Commits that only the notes of one worktree hold, which git deletes with it: the log of its HEAD, its own refs
 * (`refs/worktree`, `refs/bisect`, `refs/rewritten`) and, if `branch` is given, that branch's log. `head` counts as held.
 */
export async function readReflogOnly(
  repo: Repo,
  adminDir: string,
  branch: string | null,
  head: Oid,
): Promise<Unheld> {
  const own = [`--git-dir=${adminDir}`];
  const found = await Promise.all([
    logOf(repo, own, "HEAD"),
    branch === null ? [] : logOf(repo, [], `refs/heads/${branch}`),
    ownRefs(repo, own),
  ]);
  const starts = [...new Set(found.flat())].filter((oid) => oid !== head);
  if (starts.length === 0) return { tips: [], count: 0 };
  const args = ["rev-list", "--topo-order", "--parents", "--ignore-missing", "--stdin", "--not", "--all"];
  return parseUnheld(await runOk(repo.commonDir, args, { input: `${[...starts, `^${head}`].join("\n")}\n` }));
}

/** Parses `git rev-list --topo-order --parents`: `<commit> <parent> <parent>` lines, no parent before its child. */
export function parseUnheld(text: string): Unheld {
  const lines = text.split("\n").filter(Boolean);
  const parents = new Set<Oid>();
  const tips: Oid[] = [];
  for (const line of lines) {
    const [oid = "", ...above] = line.split(" ");
    if (!parents.has(oid)) tips.push(oid);
    for (const parent of above) parents.add(parent);
  }
  return { tips, count: lines.length };
}

/** Empty where git keeps no log. */
async function logOf(repo: Repo, where: readonly string[], ref: string): Promise<Oid[]> {
  const options = ["--walk-reflogs", "--ignore-missing", "--no-show-signature", "--no-color", "--format=%H"];
  const result = await run(repo.commonDir, [...where, "log", ...options, ref, "--"]);
  return result.exitCode === 0 ? result.stdout.split("\n").filter(Boolean) : [];
}

/** Each line is `<oid> commit`, or for a tag and the like another kind. */
async function ownRefs(repo: Repo, where: readonly string[]): Promise<Oid[]> {
  const args = ["for-each-ref", "--format=%(objectname) %(objecttype)"];
  const result = await run(repo.commonDir, [
    ...where,
    ...args,
    "refs/worktree",
    "refs/bisect",
    "refs/rewritten",
  ]);
  return result.stdout
    .split("\n")
    .filter((line) => line.endsWith(" commit"))
    .map((line) => line.split(" ")[0] ?? "");
}
