import type { Repo } from "../git/repo";
import { done, type Outcome } from "../model/outcome";
import type { MergedPull } from "../model/pull";
import type { RecoveryFiles } from "../model/recovery";
import type { Ends } from "./lookUp";
import { planRecovery, type RecoveryPlan } from "./plan";
import { readUncommitted, type Uncommitted } from "./uncommitted";

/** What a person asks to have recovered. */
export interface RecoverRequest {
  readonly branch: string;
  /** A ref; the target unless given. */
  readonly onto?: string;
  readonly newBranch: string;
  /** Ids, perhaps shortened, of commits that come along or stay behind against the plan. */
  readonly take?: readonly string[];
  readonly leave?: readonly string[];
  /** Uncommitted files of the branch's worktree come along, unless false. */
  readonly uncommitted?: boolean;
  readonly pulls?: readonly MergedPull[];
  readonly push?: boolean;
  /** Start from what is known of the target, without asking the remote. */
  readonly offline?: boolean;
  /** The new worktree's folder, or the one that holds worktrees; see createWorktree. */
  readonly path?: string;
  readonly container?: string;
}

export interface Prepared {
  readonly plan: RecoveryPlan;
  readonly uncommitted: Uncommitted | null;
  /** The same for telling a person. */
  readonly files: RecoveryFiles | null;
  /** There is nothing of the branch's own. */
  readonly empty: boolean;
}

/** Looks at everything and plans. Refused as planRecovery refuses. */
export async function prepare(
  repo: Repo,
  request: RecoverRequest,
  { branch, onto }: Ends,
  signal?: AbortSignal,
): Promise<Outcome<Prepared>> {
  const { take = [], leave = [], pulls = [] } = request;
  const found = await readUncommitted(repo, branch.branch, branch.oid, signal);
  const uncommitted = request.uncommitted === false || found === "unsettled" ? null : found;
  const ids = { head: branch.oid, onto: onto.oid, ontoName: onto.ref };
  const planned = await planRecovery(repo, { ...ids, take, leave, pulls, uncommitted }, signal);
  if (!planned.ok) return planned;
  const { notes, ...rest } = planned.value;
  const leftOut = uncommitted !== null && uncommitted.leftOut > 0;
  const more = found === "unsettled" ? [unsettled] : leftOut ? [tooMuch] : [];
  const plan = { ...rest, notes: [...notes, ...more] };
  const files =
    found === null || found === "unsettled"
      ? null
      : {
          files: found.changes.length,
          fate:
            uncommitted === null
              ? ("drop" as const)
              : plan.carried
                ? ("carry" as const)
                : ("conflict" as const),
        };
  return done({ plan, uncommitted, files, empty: plan.commits.length === 0 && files === null });
}

const tooMuch = "Some new files of the branch's worktree are too large or too many, and do not come along.";
const unsettled =
  "In the branch's worktree a merge waits to be settled, so its uncommitted files do not come along.";
