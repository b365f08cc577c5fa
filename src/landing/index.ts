import type { Repo } from "../git/repo";
import type { MergedPull } from "../model/pull";
import type { Landed, Oid } from "../model/worktree";
import { examine } from "./examine";
import type { LandingPlan } from "./plan";
import { verdictOn } from "./verdict";

export type { CommitLanding, Fate, LandingPlan, Proof } from "./plan";

export interface LandedOptions {
  /** Merged pull requests: evidence where the content was edited on the way in. */
  readonly pulls?: readonly MergedPull[];
  /** For heads whose branch has a recorded start: that commit. */
  readonly bases?: ReadonlyMap<Oid, Oid>;
  readonly signal?: AbortSignal;
}

/** For each head: has all of its branch's own work come into the target? Throws when git fails or is stopped. */
export async function findLanded(
  repo: Repo,
  target: Oid,
  heads: readonly Oid[],
  options: LandedOptions = {},
): Promise<Map<Oid, Landed>> {
  const { pulls = [], bases, signal } = options;
  const facts = await examine(repo, target, [...new Set(heads)], pulls, signal);
  return new Map(
    heads.map((head) => [head, verdictOn(head, facts.get(head)?.facts, { base: bases?.get(head), pulls })]),
  );
}

/** What became of each of a branch's own commits; null when that cannot be told from what is here. */
export async function planLanding(
  repo: Repo,
  target: Oid,
  head: Oid,
  options: Omit<LandedOptions, "bases"> = {},
): Promise<LandingPlan | null> {
  const { pulls = [], signal } = options;
  const facts = (await examine(repo, target, [head], pulls, signal)).get(head)?.facts;
  if (facts === undefined) return null;
  return facts.kind === "own" ? facts : { commits: [], resolutions: [] };
}
