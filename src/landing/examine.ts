import { isAncestor, onlyIn } from "../git/lineage";
import { type NamedRevert, readNamedReverts } from "../git/namedReverts";
import type { Repo } from "../git/repo";
import { withScratch } from "../git/scratch";
import { treesOf } from "../git/treesOf";
import type { MergedPull } from "../model/pull";
import type { Oid } from "../model/worktree";
import { Branch, type OwnGraph } from "./branch";
import { treesEffect } from "./effect";
import type { Facts, StoredFacts } from "./facts";
import { Lab } from "./lab";
import { Landings } from "./landings";
import { bringsInMain } from "./merged";
import { howOf, type LandingPlan } from "./plan";
import { type LandedPull, prove } from "./prove";
import { type Survey, survey } from "./survey";
import { TakenBack } from "./takenBack";

/** Works out the facts of all heads from nothing. Heads about which git cannot tell are left out. */
export async function examine(
  repo: Repo,
  target: Oid,
  heads: readonly Oid[],
  pulls: readonly MergedPull[],
  signal?: AbortSignal,
): Promise<Map<Oid, StoredFacts>> {
  const seen = await survey(repo, target, heads, pulls, signal);
  return withScratch(repo, target, async (scratch) => {
    const lab = new Lab(scratch, signal ? { signal } : {});
    const landings = new Landings(seen.landings);
    const trees = await treesOf(scratch, seen.strangers, signal);
    for (const { oid, tree } of seen.landings) trees.set(oid, tree);
    const graph: OwnGraph = { commits: seen.own, since: seen.since, trees };
    const paths = [...seen.own.values()].flatMap(({ changes }) => changes.map(({ path }) => path));
    await followMoves(lab, landings, paths);
    const titles = new Map(seen.landings.map(({ oid, subject }) => [oid, subject]));
    let reverts: Promise<readonly NamedRevert[]> | undefined;
    const takenBack = new TakenBack(lab, landings, () => {
      reverts ??= readNamedReverts(repo, target, landings.at(0).oid, signal);
      return reverts;
    });
    const landedPulls = await inTarget(repo, target, landings, seen, pulls, signal);
    const found = await Promise.all(
      heads.map(async (head): Promise<[Oid, StoredFacts][]> => {
        if (seen.unknown.has(head)) return [];
        const merged = seen.merged.get(head);
        if (merged !== undefined) {
          const facts = await factsOfMerged(repo, landings, takenBack, head, merged, signal);
          const touched = merged === null ? [] : landings.at(merged).changes.map(({ path }) => path);
          return facts ? [[head, { facts, target, own: [], paths: touched }]] : [];
        }
        const branch = new Branch(head, graph);
        const plan = await prove(lab, landings, branch, landedPulls, takenBack);
        const how = howOf(plan, (oid) => titles.get(oid));
        const own = branch.own.map(({ oid }) => oid);
        return [
          [
            head,
            { facts: { kind: "own", ...plan, how }, target, own, paths: pathsOf(branch, landings, plan) },
          ],
        ];
      }),
    );
    return new Map(found.flat());
  });
}

/** Finds out where files went that a landing removed while it added others. */
async function followMoves(lab: Lab, landings: Landings, paths: readonly string[]): Promise<void> {
  // A file may move again under its new name.
  for (let names = new Set(paths); names.size > 0; ) {
    const moved = new Set<string>();
    await Promise.all(
      landings.possibleMoves(names).map(async (index) => {
        const moves = await lab.moves(landings.at(index - 1).tree, landings.at(index).tree);
        landings.noteMoves(index, moves);
        for (const name of names) moved.add(moves.get(name) ?? name);
      }),
    );
    names = new Set([...moved].filter((name) => !names.has(name)));
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

async function factsOfMerged(
  repo: Repo,
  landings: Landings,
  takenBack: TakenBack,
  head: Oid,
  index: number | null,
  signal?: AbortSignal,
): Promise<Facts | null> {
  if (index === null) return { kind: "on-line" };
  if (index === 0) return null;
  const { oid: as, tree, changes, subject } = landings.at(index);
  if (bringsInMain(subject)) return { kind: "on-line" };
  const before = landings.at(index - 1);
  const effect = treesEffect(before.tree, tree, changes);
  const arrival = { as, index, proof: "ancestor" as const };
  // A merge that changed nothing took the branch's history and none of its work.
  const standing = changes.length > 0 && !(await takenBack.isBack(head, effect, arrival));
  const own = standing ? 0 : (await onlyIn(repo, head, before.oid, mostCounted, signal)).length;
  return { kind: "merged", as, standing, own };
}

const mostCounted = 10_000;

function pathsOf(branch: Branch, landings: Landings, plan: LandingPlan): string[] {
  const paths = new Set(branch.own.flatMap(({ changes }) => changes.map(({ path }) => path)));
  for (const { landedAs } of plan.commits) {
    const index = landedAs === null ? undefined : landings.indexOf(landedAs);
    for (const { path } of index === undefined ? [] : landings.at(index).changes) paths.add(path);
  }
  return landings.withMoves(paths);
}
