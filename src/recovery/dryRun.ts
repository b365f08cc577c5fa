import type { Repo } from "../git/repo";
import { done, type Outcome } from "../model/outcome";
import type { RecoverDocument } from "../model/recovery";
import { checkResult } from "./checkResult";
import { writePicks } from "./commits";
import { findEnds } from "./lookUp";
import { prepare, type RecoverRequest } from "./prepare";

/**
 * What a recovery would do. Nothing but loose objects is written. Refused as `unknown-ref`, `no-base`, `cannot-tell` or
 * `unknown-commit`.
 */
export async function planOnly(
  repo: Repo,
  request: RecoverRequest,
  signal?: AbortSignal,
): Promise<Outcome<RecoverDocument>> {
  const ends = await findEnds(repo, request.branch, request.onto);
  if (!ends.ok) return ends;
  const { branch, onto } = ends.value;
  const prepared = await prepare(repo, request, ends.value, signal);
  if (!prepared.ok) return prepared;
  const { plan, files, empty } = prepared.value;
  const { tip } = await writePicks(repo, onto.oid, plan, request.branch, signal);
  return done({
    schemaVersion: 1,
    branch: request.branch,
    head: branch.oid,
    onto,
    newBranch: request.newBranch,
    worktree: null,
    commits: plan.commits,
    uncommitted: files,
    state: empty ? "empty" : "planned",
    conflicts: plan.conflicts,
    resultTree: empty ? null : plan.tree,
    verified: plan.verified,
    check: empty ? null : await checkResult(repo, onto, { ref: request.newBranch, oid: tip }, signal),
    pushed: false,
    rescueRef: null,
    notes: plan.notes,
  });
}
