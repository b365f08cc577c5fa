import type { Oid } from "../model/worktree";
import type { Repo } from "./repo";
import { run, runOk } from "./run";

/** One commit of a branch that the target does not have. */
export interface RangeCommit {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
}

/** What two commits have apart. */
export interface Range {
  /** Commits of head that base lacks, newest first. */
  readonly own: readonly RangeCommit[];
  /** Commits of base that head lacks, with their parents. */
  readonly missing: ReadonlyMap<Oid, readonly Oid[]>;
  /** The best common ancestor (the first where there are several); null when there is none. */
  readonly mergeBase: Oid | null;
  readonly trees: { readonly base: Oid; readonly head: Oid };
}

/**
 * Reads both sides of `base...head` in one walk: a mark, the commit, its tree, its parents.
 *
 *     >b39… 81d… 7f1… 02c…      (head's)
 *     <11a… 4e0… 90e…           (base's)
 *     -90e… 3c2… …              (where the two part)
 */
export async function readRange(repo: Repo, base: Oid, head: Oid, signal?: AbortSignal): Promise<Range> {
  const format = ["--no-commit-header", "--format=%m%H %T %P"];
  const args = ["rev-list", "--left-right", "--boundary", ...format, `${base}...${head}`];
  const text = await runOk(repo.commonDir, args, signal ? { signal } : {});
  const own: RangeCommit[] = [];
  const missing = new Map<Oid, readonly Oid[]>();
  const edges = new Set<Oid>();
  const above = { own: new Set<Oid>(), missing: new Set<Oid>() };
  const trees = new Map<Oid, Oid>();
  for (const line of text.split("\n")) {
    const [oid = "", tree, ...parents] = line.slice(1).split(" ").filter(Boolean);
    const right = line.startsWith(">");
    if (tree && (oid === base || oid === head)) trees.set(oid, tree);
    if (right) own.push({ oid, parents });
    else if (line.startsWith("<")) missing.set(oid, parents);
    else if (line.startsWith("-")) edges.add(oid);
    for (const parent of line.startsWith("-") ? [] : parents) above[right ? "own" : "missing"].add(parent);
  }
  // A best common ancestor is a parent on both sides.
  const common = [...edges].filter((oid) => above.own.has(oid) && above.missing.has(oid));
  const mergeBase =
    missing.size === 0 ? base : own.length === 0 ? head : await best(repo, base, head, common);
  return { own, missing, mergeBase, trees: { base: await treeOf(base), head: await treeOf(head) } };

  /** Of two that are the same commit git lists nothing. */
  async function treeOf(oid: Oid): Promise<Oid> {
    return trees.get(oid) ?? (await runOk(repo.commonDir, ["rev-parse", `${oid}^{tree}`])).trim();
  }
}

async function best(repo: Repo, base: Oid, head: Oid, common: readonly Oid[]): Promise<Oid | null> {
  if (common.length === 1) return common[0] ?? null;
  const found = await run(repo.commonDir, ["merge-base", base, head]);
  return found.exitCode === 0 ? found.stdout.trim() : null;
}
