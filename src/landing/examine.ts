import { onlyIn } from "../git/lineage";
import type { Repo } from "../git/repo";
import type { MergedPull } from "../model/pull";
import type { Oid } from "../model/worktree";
import type { Branch } from "./branch";
import { treesEffect } from "./effect";
import type { Facts, StoredFacts } from "./facts";
import type { Landings } from "./landings";
import { bringsInMain } from "./merged";
import { howOf, type LandingPlan } from "./plan";
import { prove } from "./prove";
import { type Study, withStudy } from "./study";

/** Works out the facts of all heads from nothing. Heads about which git cannot tell are left out. */
export function examine(
  repo: Repo,
  target: Oid,
  heads: readonly Oid[],
  pulls: readonly MergedPull[],
  signal?: AbortSignal,
): Promise<Map<Oid, StoredFacts>> {
  return withStudy(
    repo,
    target,
    heads,
    pulls,
    async (study) => {
      const found = await Promise.all(
        heads.map(async (head): Promise<[Oid, StoredFacts][]> => {
          const known = await examineHead(study, head, signal);
          return known ? [[head, { ...known, target }]] : [];
        }),
      );
      return new Map(found.flat());
    },
    signal,
  );
}

/**
 * The facts of one of the heads that are studied; null where git cannot tell. `later`: landings with which commits
 * came in that the branch made after a merged head; what they take back, the branch took back itself.
 */
export async function examineHead(
  study: Study,
  head: Oid,
  signal?: AbortSignal,
  later: readonly Oid[] = [],
): Promise<Omit<StoredFacts, "target"> | null> {
  const { seen, lab, landings, takenBack, pulls } = study;
  if (seen.unknown.has(head)) return null;
  const merged = seen.merged.get(head);
  if (merged !== undefined) {
    const facts = await factsOfMerged(study, head, merged, later, signal);
    const touched = merged === null ? [] : landings.at(merged).changes.map(({ path }) => path);
    return facts && { facts, own: [], paths: touched };
  }
  const branch = study.branch(head);
  const plan = await prove(lab, landings, branch, pulls, takenBack);
  const how = howOf(plan, (oid) => landings.titleOf(oid));
  const own = branch.own.map(({ oid }) => oid);
  return { facts: { kind: "own", ...plan, how }, own, paths: pathsOf(branch, landings, plan) };
}

async function factsOfMerged(
  { repo, landings, takenBack }: Study,
  head: Oid,
  index: number | null,
  later: readonly Oid[],
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
  const successors = () => new Set(later.flatMap((oid) => landings.indexOf(oid) ?? []));
  const standing = changes.length > 0 && !(await takenBack.isBack(head, effect, arrival, successors));
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
