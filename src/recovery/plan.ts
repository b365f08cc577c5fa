import type { Repo } from "../git/repo";
import { withScratch } from "../git/scratch";
import { treesOf } from "../git/treesOf";
import { Lab, type Place } from "../landing/lab";
import { type Study, withStudy } from "../landing/study";
import { done, type Outcome, refused } from "../model/outcome";
import type { MergedPull } from "../model/pull";
import type { RecoveryCommit } from "../model/recovery";
import type { Oid } from "../model/worktree";
import { type Begun, begin } from "./begin";
import { lossOf } from "./checkResult";
import { choose } from "./choose";
import { decide } from "./decide";
import { type Gathered, gather } from "./gather";
import { type Picked, replay } from "./replay";
import { type Together, tryOut } from "./tryOut";
import type { Uncommitted } from "./uncommitted";
import { fateOf, isSettled, notesOn } from "./words";

/** What is to be recovered. */
export interface PlanRequest {
  readonly head: Oid;
  readonly onto: Oid;
  /** What a person calls it. */
  readonly ontoName: string;
  /** Ids, perhaps shortened, of commits that come along or stay behind against the plan. */
  readonly take?: readonly string[];
  readonly leave?: readonly string[];
  readonly pulls?: readonly MergedPull[];
  readonly uncommitted?: Uncommitted | null;
}

export interface RecoveryPlan {
  /** Oldest first. */
  readonly commits: readonly RecoveryCommit[];
  /** What is picked cleanly, in order. */
  readonly picked: readonly (Picked & { outcome: "clean" })[];
  readonly together: Together | null;
  readonly conflicts: readonly string[];
  /** With all that applies cleanly. */
  readonly tree: Oid;
  readonly verified: boolean;
  /** The uncommitted files on top of that, as a tree; null where they do not fit, or there are none. */
  readonly carried: Oid | null;
  readonly notes: readonly string[];
}

/** Works out what became of each commit and tries out the rest. Writes nothing but loose objects. Refused as `cannot-tell` or `unknown-commit`. */
export function planRecovery(
  repo: Repo,
  request: PlanRequest,
  signal?: AbortSignal,
): Promise<Outcome<RecoveryPlan>> {
  const { head, onto, pulls = [] } = request;
  return withScratch(
    repo,
    onto,
    async (scratch) => {
      const lab = new Lab(scratch, signal ? { signal } : {});
      const begun = begin(scratch, lab, request, signal);
      const look = async (study: Study) => {
        const gathered = await gather(study, onto, head, signal);
        return gathered ? plan(study, begun, gathered, request, signal) : cannotTell(request);
      };
      try {
        return await withStudy(repo, onto, [head], pulls, look, signal, { lab, onOwn: begun.onOwn });
      } finally {
        await begun.end();
      }
    },
    true,
  );
}

function cannotTell({ ontoName }: PlanRequest): Outcome<never> {
  return refused(
    "cannot-tell",
    `The branch's history is not here in full, or has nothing in common with ${ontoName}.`,
    "Fetch the rest (git fetch --unshallow), or check the names. Nothing was changed.",
  );
}

async function plan(
  study: Study,
  { workshop, merging }: Begun,
  gathered: Gathered,
  request: PlanRequest,
  signal?: AbortSignal,
): Promise<Outcome<RecoveryPlan>> {
  const { repo, landings } = study;
  const { items } = gathered;
  const { head, onto, ontoName, uncommitted, take = [], leave = [] } = request;
  const oids = items.map(({ step }) => step.oid);
  const choices = choose(oids, take, leave);
  if (!choices.ok) return choices;
  const decided = items.map(({ landing }) =>
    decide(landing, ontoName, choices.value, (oid) => landings.titleOf(oid)),
  );
  const picks = new Set(decided.filter(({ fate }) => fate === "pick").map(({ oid }) => oid));
  const steps = items.map(({ step }) => step).filter(({ oid }) => picks.has(oid));
  const place = await placesOf(study, [head, onto], signal);
  const loss = (oid: Oid) => lossOf(repo, { ref: ontoName, oid: onto }, oid, signal);
  const tried = await tryOut(workshop, study, gathered, place(head), place(onto), steps, merging, loss);
  const outcomes = new Map(tried.picked.map((picked) => [picked.oid, picked]));
  const stuck = tried.picked.flatMap((picked) =>
    picked.outcome === "conflict" && !isSettled(tried, picked.oid) ? picked.paths : [],
  );
  const files = uncommitted ? [{ ...uncommitted, oid: uncommitted.commit }] : [];
  const carried = files.length > 0 ? await replay(workshop, tried.place, files) : null;
  return done({
    commits: decided.map((each, i) => ({
      ...fateOf(each, outcomes.get(each.oid), tried, ontoName),
      author: items[i]?.author ?? "",
    })),
    picked: tried.picked.filter((picked) => picked.outcome === "clean"),
    together: tried.together,
    conflicts: [...new Set(stuck)],
    tree: tried.place.tree,
    verified: tried.verified,
    carried: carried?.picked[0]?.outcome === "clean" ? carried.place.tree : null,
    notes: notesOn(tried),
  });
}

/** Commits with their trees, which were mostly read with the histories. */
async function placesOf(
  { scratch, seen, landings }: Study,
  oids: readonly Oid[],
  signal?: AbortSignal,
): Promise<(oid: Oid) => Place> {
  const known = (oid: Oid): Oid | undefined => {
    const index = landings.indexOf(oid);
    return seen.own.get(oid)?.tree ?? (index === undefined ? undefined : landings.at(index).tree);
  };
  const trees = await treesOf(
    scratch,
    oids.filter((oid) => known(oid) === undefined),
    signal,
  );
  return (oid) => ({ oid, tree: known(oid) ?? trees.get(oid) ?? "" });
}
