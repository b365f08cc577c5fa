import type { Oid } from "../model/worktree";
import { parseGraph } from "./aheadBehind";
import type { Repo } from "./repo";
import { run, runOk } from "./run";

/** The ids along the first parents of `tip`, newest first, at most `count`. */
export async function firstParents(
  repo: Repo,
  tip: Oid,
  count: number,
  signal?: AbortSignal,
): Promise<readonly Oid[]> {
  const args = ["--no-replace-objects", "rev-list", "--first-parent", `--max-count=${count}`, tip];
  return (await runOk(repo.dir, args, signal ? { signal } : {})).trimEnd().split("\n");
}

/** The ids of what `tip` has and `other` has not, at most `count`. */
export async function onlyIn(
  repo: Repo,
  tip: Oid,
  other: Oid,
  count: number,
  signal?: AbortSignal,
): Promise<readonly Oid[]> {
  const args = ["--no-replace-objects", "rev-list", `--max-count=${count}`, tip, `^${other}`];
  const text = (await runOk(repo.dir, args, signal ? { signal } : {})).trimEnd();
  return text === "" ? [] : text.split("\n");
}

/** The ids of what `tip` has and `other` (null: nothing) has not, each with its parents' ids. */
export async function readGraph(
  repo: Repo,
  tip: Oid,
  other: Oid | null,
  signal?: AbortSignal,
): Promise<Map<Oid, readonly Oid[]>> {
  const args = ["--no-replace-objects", "rev-list", "--parents", tip, ...(other ? [`^${other}`] : [])];
  return parseGraph(await runOk(repo.dir, args, signal ? { signal } : {}));
}

/** The same of many tips together, children before their parents. */
export async function readGraphAbove(
  repo: Repo,
  tips: readonly Oid[],
  other: Oid,
  signal?: AbortSignal,
): Promise<Map<Oid, readonly Oid[]>> {
  const args = ["--no-replace-objects", "rev-list", "--parents", "--topo-order", "--stdin"];
  const input = `${[...tips, `^${other}`].join("\n")}\n`;
  return parseGraph(await runOk(repo.dir, args, { input, ...(signal ? { signal } : {}) }));
}

/** Whether `tip` has `oid`; false also when the repo has no such commit. */
export async function isAncestor(repo: Repo, oid: Oid, tip: Oid, signal?: AbortSignal): Promise<boolean> {
  const args = ["merge-base", "--is-ancestor", oid, tip];
  return (await run(repo.dir, args, signal ? { signal } : {})).exitCode === 0;
}
