import type { Repo } from "../git/repo";
import type { DeletionId, LossDecision } from "../model/decision";
import { done, type Outcome, refused } from "../model/outcome";
import { checkUndecided } from "./cached";
import { speaksOf } from "./decisions";
import { type CheckRequest, prepare } from "./prepare";
import { readStanding } from "./standing";

/** A deletion that a person can speak of, and the branch that it is of. */
export type Found = Pick<LossDecision, "deletionId" | "branch" | "headOid">;

const fewestDigits = 4;

/**
 * The loss or question whose id begins like that: of what is committed and, where the head is checked out here, of the
 * files on disk. Refused as `check` refuses, or as `unknown-deletion` or `ambiguous-deletion`.
 */
export async function findDeletion(
  repo: Repo,
  start: string,
  request: CheckRequest,
  signal?: AbortSignal,
): Promise<Outcome<Found>> {
  const prepared = await prepare(repo, request, signal);
  if (!prepared.ok) return prepared;
  const ids = new Set<DeletionId>();
  for (const worktree of request.head === undefined && repo.top ? [false, true] : [false]) {
    const found = await checkUndecided(repo, { ...request, worktree }, signal);
    if (!found.ok) return found;
    for (const { id } of [...found.value.losses, ...found.value.questions]) ids.add(id);
  }
  const { head, branch } = prepared.value.names;
  return oneOf(ids, start, { branch, headOid: head.oid });
}

/** The same of deletions that were called meant; they need not be there any more. */
export async function findMeant(
  repo: Repo,
  start: string,
  request: CheckRequest,
  signal?: AbortSignal,
): Promise<Outcome<Found>> {
  const prepared = await prepare(repo, request, signal);
  if (!prepared.ok) return prepared;
  const { head, branch } = prepared.value.names;
  const last = new Map<DeletionId, LossDecision["decision"]>();
  for (const each of await readStanding(repo))
    if (speaksOf(each, branch, head.oid)) last.set(each.deletionId, each.decision);
  const meant = [...last].flatMap(([id, decision]) => (decision === "meant" ? [id] : []));
  return oneOf(new Set(meant), start, { branch, headOid: head.oid });
}

function oneOf(
  ids: ReadonlySet<DeletionId>,
  start: string,
  at: Pick<Found, "branch" | "headOid">,
): Outcome<Found> {
  const found = start.length < fewestDigits ? [] : [...ids].filter((id) => id.startsWith(start));
  const [only, second] = found;
  if (only !== undefined && second === undefined) return done({ deletionId: only, ...at });
  if (only !== undefined) {
    return refused(
      "ambiguous-deletion",
      `${found.length} deletions begin with ${start}.`,
      `Give more of the id: ${found.slice(0, 5).join(", ")}.`,
    );
  }
  return refused(
    "unknown-deletion",
    `There is no such deletion on this branch: ${start}.`,
    "agent-foreman check lists them with their ids; four digits are enough. Nothing was noted.",
  );
}
