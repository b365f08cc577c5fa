import type { RawCommit } from "../git/rawLog";
import type { Oid } from "../model/worktree";
import { proveAlone } from "./alone";
import { Arrivals } from "./arrivals";
import type { Branch } from "./branch";
import { proveContained } from "./contained";
import type { Lab } from "./lab";
import type { Landings } from "./landings";
import type { Fate, LandingPlan } from "./plan";
import type { TakenBack } from "./takenBack";
import { proveTogether } from "./together";

/** A merged pull request that is known to be in the target. */
export interface LandedPull {
  readonly head: Oid;
  readonly as: Oid;
  /** Null where it is not on the target's first-parent line. */
  readonly index: number | null;
}

/** What became of each commit of a branch, by all proofs in turn: content first, then what GitHub says. */
export async function prove(
  lab: Lab,
  landings: Landings,
  branch: Branch,
  pulls: readonly LandedPull[],
  takenBack: TakenBack,
): Promise<LandingPlan> {
  const arrivals = new Arrivals(branch, await quietMerges(lab, branch));
  await proveAlone(lab, landings, branch, arrivals);
  await proveTogether(lab, landings, branch, arrivals);
  for (const { head, as, index } of pulls) {
    const held = branch.own.filter(({ oid }) => branch.upTo(head).has(oid)).map(({ oid }) => oid);
    arrivals.note(held, { as, index, proof: "pull-request" });
  }
  if (pulls.length > 0) await proveTogether(lab, landings, branch, arrivals);
  await proveContained(lab, landings, branch, arrivals);
  const commits = await Promise.all(
    branch.plain.map(async ({ oid, subject }) => {
      const arrival = arrivals.get(oid);
      const fate = await fateOf(branch, arrivals, takenBack, oid);
      const landed = fate === "landed" || fate === "reverted";
      return {
        oid,
        subject,
        fate,
        landedAs: (landed && arrival?.as) || null,
        proof: (landed && arrival?.proof) || null,
      };
    }),
  );
  const resolutions = branch.merges.filter(({ oid }) => !arrivals.isSettled(oid)).map(({ oid }) => oid);
  return { commits, resolutions };
}

async function fateOf(branch: Branch, arrivals: Arrivals, takenBack: TakenBack, oid: Oid): Promise<Fate> {
  const arrival = arrivals.get(oid);
  if (arrivals.isEmpty(oid)) return "empty";
  if (!arrival) return "open";
  const commit = branch.plain.find((own) => own.oid === oid);
  const effect = commit ? branch.effectOf(commit) : null;
  const later = () => branch.own.filter((own) => own.oid !== oid && branch.upTo(own.oid).has(oid));
  const successors = (): ReadonlySet<number> =>
    new Set(later().flatMap((own) => arrivals.get(own.oid)?.index ?? []));
  const putBack = (path: string, blob: Oid): boolean =>
    later().some(({ changes }) => changes.some((each) => each.path === path && each.new?.oid === blob));
  return (await takenBack.isBack(oid, effect, arrival, successors, putBack)) ? "reverted" : "landed";
}

/** The merges that git itself would make the same: whoever made them added nothing. */
async function quietMerges(lab: Lab, branch: Branch): Promise<ReadonlySet<Oid>> {
  const quiet = await Promise.all(branch.merges.map((merge) => isQuiet(lab, merge)));
  return new Set(branch.merges.filter((_, i) => quiet[i]).map(({ oid }) => oid));
}

async function isQuiet(lab: Lab, { parents, tree }: RawCommit): Promise<boolean> {
  const [ours, theirs, more] = parents;
  if (!ours || !theirs || more) return false;
  const merged = await lab.mergeCommits(ours, theirs);
  return merged?.clean === true && merged.tree === tree;
}
