import type { Repo } from "../git/repo";
import { done, type Outcome } from "../model/outcome";
import { checkResult } from "./checkResult";
import { writePicks } from "./commits";
import { planned, type Recovery } from "./document";
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
): Promise<Outcome<Recovery>> {
  const ends = await findEnds(repo, request.branch, request.onto);
  if (!ends.ok) return ends;
  const { onto } = ends.value;
  const prepared = await prepare(repo, request, ends.value, signal);
  if (!prepared.ok) return prepared;
  const { plan, empty } = prepared.value;
  const tip = await writePicks(repo, onto.oid, plan, request.branch, { signal });
  if (!tip.ok) return tip;
  const head = { ref: request.newBranch, oid: tip.value };
  const check = empty ? null : await checkResult(repo, onto, head, signal);
  return done(planned(request, ends.value, prepared.value, { state: "planned", check, worktree: null }));
}
