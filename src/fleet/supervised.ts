import type { CheckDocument } from "../model/check";
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
}

export function assemblePulls(facts: Facts): SupervisedPull[] {
  return withoutWorktree(facts.pulls).map(({ pull, asOf }) => {
    const query = queryOf(facts, pull);
    const answer = query && facts.target && facts.checks.get(landedKey(query, facts.target.oid));
    return { pull, asOf, check: answer ? decided(answer, facts.decisions, pull.branch) : null };
  });
}

/** What was not asked yet of the pull requests whose commits are here. */
export function pullQueries(facts: Facts): CheckQuery[] {
  const { target, checks, entries } = facts;
  const path = entries[0]?.path;
  if (!target || path === undefined) return [];
  return withoutWorktree(facts.pulls).flatMap(({ pull }) => {
    const query = queryOf(facts, pull);
    if (!query || checks.has(landedKey(query, target.oid))) return [];
    return [{ query, entry: { branch: null, path }, changes: null }];
  });
}

/** Null where its commits are not here, or go elsewhere than the target. */
function queryOf({ pullHeads, target }: Facts, pull: PullRequest): LandedQuery | null {
  if (pullHeads.get(pull.number) !== pull.head || pull.base.branch !== target?.branch) return null;
  return { head: pull.head, branch: null, base: null };
}
