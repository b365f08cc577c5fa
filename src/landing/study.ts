import { isAncestor } from "../git/lineage";
import { type NamedRevert, readNamedReverts } from "../git/namedReverts";
import type { RawCommit } from "../git/rawLog";
import type { Repo } from "../git/repo";
import { type Scratch, withScratch } from "../git/scratch";
import { treesOf } from "../git/treesOf";
import type { MergedPull } from "../model/pull";
import type { Oid } from "../model/worktree";
import { Branch, type OwnGraph } from "./branch";
import { Lab } from "./lab";
import { Landings } from "./landings";
import type { LandedPull } from "./prove";
import { type Survey, survey } from "./survey";
import { TakenBack } from "./takenBack";

/** What was read of a target and some heads, and a place to try things out. */
export interface Study {
  readonly repo: Repo;
  readonly seen: Survey;
  readonly scratch: Scratch;
  readonly lab: Lab;
  readonly landings: Landings;
  readonly takenBack: TakenBack;
  readonly pulls: readonly LandedPull[];
  branch(head: Oid): Branch;
}

/** What the caller has begun already, or begins as soon as it can. */
export interface Early {
  /** Shares what it has read with the study's own. */
  readonly lab?: Lab;
  readonly onOwn?: (own: readonly RawCommit[]) => void;
}

/** Reads the histories of a target and of heads, and hands them to `action` while the place to try things out exists. */
export async function withStudy<T>(
  repo: Repo,
  target: Oid,
  heads: readonly Oid[],
  pulls: readonly MergedPull[],
  action: (study: Study) => Promise<T>,
  signal?: AbortSignal,
  early: Early = {},
): Promise<T> {
  // Read while the place is made.
  const surveying = survey(repo, target, heads, pulls, signal, early.onOwn);
  surveying.catch(() => undefined);
  return withScratch(repo, target, async (scratch) => {
    const seen = await surveying;
    const lab = early.lab?.at(scratch) ?? new Lab(scratch, signal ? { signal } : {});
    const landings = new Landings(seen.landings);
    const trees = await treesOf(scratch, seen.strangers, signal);
    for (const { oid, tree } of seen.landings) trees.set(oid, tree);
    const graph: OwnGraph = { commits: seen.own, since: seen.since, trees };
    const paths = [...seen.own.values()].flatMap(({ changes }) => changes.map(({ path }) => path));
    await followMoves(lab, landings, paths);
    let reverts: Promise<readonly NamedRevert[]> | undefined;
    const takenBack = new TakenBack(lab, landings, () => {
      reverts ??= readNamedReverts(repo, target, landings.at(0).oid, signal);
      return reverts;
    });
    const landedPulls = await inTarget(repo, target, landings, seen, pulls, signal);
    return action({
      repo,
      seen,
      scratch,
      lab,
      landings,
      takenBack,
      pulls: landedPulls,
      branch: (head) => new Branch(head, graph),
    });
  });
}

/** Finds out where files went that a landing removed while it added others. */
async function followMoves(lab: Lab, landings: Landings, paths: readonly string[]): Promise<void> {
  // A file may move again under its new name.
  const all = new Set(paths);
  for (let names = new Set(paths); names.size > 0; ) {
    const moved = new Set<string>();
    await Promise.all(
      landings.possibleMoves([...names]).map(async (index) => {
        const moves = await lab.moves(landings.at(index - 1).tree, landings.at(index).tree);
        landings.noteMoves(index, moves);
        for (const name of names) moved.add(moves.get(name) ?? name);
      }),
    );
    // And back again.
    names = new Set([...moved].filter((name) => !all.has(name)));
    for (const name of names) all.add(name);
  }
}

/** The pull requests whose merge the target has and whose commits some branch has. */
async function inTarget(
  repo: Repo,
  target: Oid,
  landings: Landings,
  seen: Survey,
  pulls: readonly MergedPull[],
  signal?: AbortSignal,
): Promise<LandedPull[]> {
  const found = await Promise.all(
    pulls.map(async ({ head, mergeCommit }): Promise<LandedPull[]> => {
      if (!seen.own.has(head)) return [];
      const index = landings.indexOf(mergeCommit);
      if (index) return [{ head, as: mergeCommit, index }];
      return (await isAncestor(repo, mergeCommit, target, signal))
        ? [{ head, as: mergeCommit, index: null }]
        : [];
    }),
  );
  return found.flat();
}
