import { sameRepo } from "../github/slug";
import type { CheckDocument } from "../model/check";
import type { DoneDocument } from "../model/done";
import type { Overlap } from "../model/overlap";
import type { PullRequest } from "../model/pull";
import type { CheckQuery } from "./askChecks";
import { type LandedQuery, landedKey } from "./askLanded";
import { withoutWorktree } from "./pullState";
import { decided, type Facts } from "./snapshot";

/** A pull request without a worktree, supervised like one. */
export interface SupervisedPull {
  readonly pull: PullRequest;
  /** Since when it is only remembered (ISO); null: it is as of the last answer. */
  readonly asOf: string | null;
  /** What its target would lose if it landed now; null: not known. */
  readonly check: CheckDocument | null;
  /** Its definition of done; null: not judged, or it could not be told. */
  readonly done: DoneDocument | null;
  /** The branches whose work meets its own, worst first; null: not known, or not asked. */
  readonly overlaps: readonly Overlap[] | null;
}

/** `before`: as they were shown last; what was said of one stands until there is an answer about how things are now. */
export function assemblePulls(facts: Facts, before: readonly SupervisedPull[]): SupervisedPull[] {
  const shown = new Map(before.map(({ pull, check }) => [pull.number, check]));
  const { github } = facts.pulls;
  return withoutWorktree(facts.pulls).map(({ pull, asOf }) => {
    // A branch of somebody's fork may be called like one that was decided on here.
    const branch = github && sameRepo(github.slug, pull.from) ? pull.branch : null;
    const query = pullQuery(facts, pull);
    const answer = query && facts.target && facts.checks.get(landedKey(query, facts.target.oid));
    const last = answer === undefined ? (shown.get(pull.number) ?? null) : null;
    const check = answer ? decided(answer, facts.decisions, branch) : last;
    return {
      pull,
      asOf,
      check,
      done: facts.dones.get(pullId(pull)) ?? null,
      overlaps: facts.overlaps.get(pullId(pull)) ?? null,
    };
  });
}

/** What was not asked yet of the pull requests whose commits are here. */
export function pullQueries(facts: Facts): CheckQuery[] {
  const { target, checks, entries } = facts;
  const path = entries[0]?.path;
  if (!target || path === undefined) return [];
  return withoutWorktree(facts.pulls).flatMap(({ pull }) => {
    const query = pullQuery(facts, pull);
    if (!query || checks.has(landedKey(query, target.oid))) return [];
    return [{ query, entry: { branch: null, path }, changes: null }];
  });
}

/** What it is called among the branches that may meet. */
export function pullId({ number }: Pick<PullRequest, "number">): string {
  return `#${number}`;
}

/** Null where its commits are not here, or go elsewhere than the target. */
export function pullQuery({ pullHeads, target }: Facts, pull: PullRequest): LandedQuery | null {
  if (pullHeads.get(pull.number) !== pull.head || pull.base.branch !== target?.branch) return null;
  return { head: pull.head, branch: null, base: null };
}
