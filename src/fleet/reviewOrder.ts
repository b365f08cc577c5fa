import { ownerOf } from "../agents/owner";
import type { Repo } from "../git/repo";
import { findRevision } from "../git/revision";
import { listWorktrees } from "../git/worktreeList";
import { checkCached } from "../losses/cached";
import type { CheckDocument } from "../model/check";
import { done, type Outcome } from "../model/outcome";
import { colourOf, type SelfCheck } from "../model/selfCheck";
import { findChecks, recordedSelfCheck } from "../review/selfCheck";
import { runSelfChecks, type SelfCheckOptions } from "../review/selfCheck/run";
import { recordsInPlace } from "../worktrees/record";
import { settle } from "../worktrees/settle";

/** A change that is to be reviewed, with what other rooms know of it. */
export interface ReviewOrder {
  readonly check: CheckDocument;
  readonly branch: string | null;
  /** Where this very commit is checked out; null: nowhere. */
  readonly worktree: string | null;
  /** The agent whose worktree that is; null: not known. */
  readonly builder: string | null;
  readonly task: string | null;
}

/** Looks up what is to be reviewed; base and head as for a check, and refused as that is. */
export async function orderReview(
  repo: Repo,
  { head, base }: { readonly head: string; readonly base?: string },
  signal?: AbortSignal,
): Promise<Outcome<ReviewOrder>> {
  await settle(repo, signal ? { signal } : {});
  const records = await recordsInPlace(repo);
  const bases = new Map([...records.values()].map((record) => [record.branch, record.base.oid]));
  const check = await checkCached(repo, { head, records: bases, ...(base ? { base } : {}) }, signal);
  if (!check.ok) return check;
  const { oid } = check.value.head;
  const branch = (await findRevision(repo, head))?.branch ?? null;
  const entries = (await listWorktrees(repo)).filter(
    (entry) => entry.head === oid && !entry.bare && !entry.missing,
  );
  const entry =
    entries.find((each) => each.branch === branch) ?? entries.find(({ path }) => path === repo.top);
  const record = entry ? records.get(entry.path) : undefined;
  return done({
    check: check.value,
    branch,
    worktree: entry?.path ?? null,
    builder: (entry && ownerOf(entry, record?.agent ?? null)?.agent) ?? null,
    task: record?.task ?? null,
  });
}

/** How the repo's own checks went; `check` is null where there was nothing to run them on, and `why` says so. */
export interface SelfChecked {
  readonly check: SelfCheck | null;
  readonly why: string | null;
}

/**
 * Runs the repo's own checks where the change is checked out. What was green on these very files is not run again. Refused
 * as findChecks and runSelfChecks refuse.
 */
export async function checkItself(
  repo: Repo,
  { check, worktree }: ReviewOrder,
  options: SelfCheckOptions,
): Promise<Outcome<SelfChecked>> {
  const known = await recordedSelfCheck(repo, check.head.oid);
  if (known && colourOf(known) === "green") return done({ check: known, why: null });
  if (worktree === null)
    return done({ check: known, why: "No worktree has this commit checked out, so nothing was run." });
  const checks = await findChecks(repo, worktree, check.head.oid, check.base.oid);
  if (!checks.ok) return checks;
  if (checks.value.length === 0)
    return done({ check: null, why: "No typecheck, lint or test of this repo is known." });
  const ran = await runSelfChecks(repo, worktree, checks.value, options);
  if (!ran.ok) return ran;
  const { tree, ...result } = ran.value;
  return done({
    check: result,
    why:
      tree === null
        ? "The worktree's files are not those of the commit; they were checked as they are."
        : null,
  });
}
