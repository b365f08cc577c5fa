import { readOwnCommits } from "../git/rawLog";
import type { Repo } from "../git/repo";
import type { MergedPull } from "../model/pull";
import type { Landed, Oid } from "../model/worktree";
import { findForwarded } from "./forwarded";
import type { LandingPlan } from "./plan";
import { factsOf } from "./remember";
import { verdictOn } from "./verdict";

export type { CommitLanding, Fate, LandingPlan, Proof } from "./plan";

export interface LandedOptions {
  /** Merged pull requests: evidence where the content was edited on the way in. */
  readonly pulls?: readonly MergedPull[];
  /** For heads whose branch has a recorded start: that commit. */
  readonly bases?: ReadonlyMap<Oid, Oid>;
  /**
   * For heads that a local branch is at: its full name. Its reflog then tells a branch that the target was forwarded
   * to from one that was never touched.
   */
  readonly branches?: ReadonlyMap<Oid, string>;
  readonly signal?: AbortSignal;
}

/** For each head: has all of its branch's own work come into the target? Throws when git fails or is stopped. */
export async function findLanded(
  repo: Repo,
  target: Oid,
  heads: readonly Oid[],
  options: LandedOptions = {},
): Promise<Map<Oid, Landed>> {
  const { pulls = [], bases, branches, signal } = options;
  const facts = await factsOf(repo, target, [...new Set(heads)], pulls, signal);
  const onLine = [...(branches ?? [])].filter(
    ([head]) => facts.get(head)?.kind === "on-line" && bases?.get(head) !== head,
  );
  const forwarded = onLine.length > 0 ? await findForwarded(repo, target, new Map(onLine), signal) : none;
  return new Map(
    heads.map((head) => {
      const evidence = { base: bases?.get(head), pulls, forwarded: forwarded.has(head) };
      return [head, verdictOn(head, facts.get(head), evidence)];
    }),
  );
}

const none: ReadonlySet<Oid> = new Set();

/** What became of each of a branch's own commits; null when that cannot be told from what is here. */
export async function planLanding(
  repo: Repo,
  target: Oid,
  head: Oid,
  options: Pick<LandedOptions, "pulls" | "signal"> = {},
): Promise<LandingPlan | null> {
  const { pulls = [], signal } = options;
  const facts = (await factsOf(repo, target, [head], pulls, signal)).get(head);
  if (facts === undefined) return null;
  if (facts.kind === "own") return facts;
  if (facts.kind === "on-line") return { commits: [], resolutions: [] };
  const { as, standing } = facts;
  const own = await readOwnCommits(repo, [head], `${as}^1`, mostListed, signal ? { signal } : {});
  const commits = own
    .filter(({ parents }) => parents.length < 2)
    .map(({ oid, subject, changes }) => {
      const fate =
        changes.length === 0 ? ("empty" as const) : standing ? ("landed" as const) : ("reverted" as const);
      return { oid, subject, fate, landedAs: as, proof: "ancestor" as const };
    });
  return { commits, resolutions: [] };
}

const mostListed = 10_000;
