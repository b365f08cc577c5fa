import { realpath } from "node:fs/promises";
import path from "node:path";
import { identityOf } from "../git/adminDir";
import { readBranchConfig } from "../git/branchConfig";
import { withGitEnvironment } from "../git/environment";
import type { Repo } from "../git/repo";
import { readRef } from "../git/updateRef";
import { listWorktrees } from "../git/worktreeList";
import { done, type Outcome, type Refusal, refused } from "../model/outcome";
import type { Oid } from "../model/worktree";
import { withLock } from "../store/lock";
import { advance, begin, finish, newId, type Pending } from "../store/pending";
import { operationVariable } from "../store/process";
import { type FaultWords, refusingFaults } from "./expectedFaults";
import { baseRef } from "./newPending";
import { recordsInPlace } from "./record";
import { type Known, type Survey, surveyWorktree } from "./removalFacts";
import type { Removal } from "./removalNote";
import { planRemoval, type RemovalChoices, type RemovalPlan } from "./removalPlan";
import {
  changedMeanwhile,
  changedRefusal,
  complete,
  isCommitted,
  park,
  parkingPlace,
  removeEmptyContainer,
  sweep,
  takeBack,
} from "./removalSteps";
import { makeRescue, rescueRefName } from "./rescue";
import { settle } from "./settle";

export interface RemoveOptions extends RemovalChoices, Known {
  /** Refuses, as `not-merged`, what is not known to be in the target as a whole. */
  readonly onlyMerged?: boolean;
}

/** A worktree that is gone, and what an undo brings back. */
export interface Removed {
  /** For `undoRemoval`. */
  readonly id: string;
  readonly path: string;
  readonly branch: string | null;
  readonly head: Oid;
  readonly branchDeleted: boolean;
  readonly merged: boolean;
  readonly rescueRef: string;
  /** How many commits the rescue ref keeps besides, that only the worktree's or the branch's reflog had. */
  readonly reflogCommits: number;
  /** Ignored files, and folders with a trailing slash, that are kept; ignored folders that can be made again and are not. */
  readonly keptFiles: readonly string[];
  readonly goneFolders: readonly string[];
  /** What could not be deleted of the folder, and may be deleted by hand; null when all is gone. */
  readonly leftover: string | null;
  readonly warnings: readonly Refusal[];
}

/** May the worktree go? Looks, and changes nothing. Refused as `no-worktree`. */
export async function planRemovalOf(
  repo: Repo,
  worktree: string,
  options: RemoveOptions = {},
): Promise<Outcome<RemovalPlan>> {
  const survey = await surveyOf(repo, worktree, options);
  return survey.ok ? done(planRemoval(survey.value.facts, options)) : survey;
}

/**
 * Removes a worktree and, unless it is to stay, its branch. A rescue ref and our notes keep all that `undoRemoval`
 * needs. Refused with every reason of `planRemoval`, or as `no-worktree`, `not-merged`, `in-use`, `cannot-move`,
 * `changed-meanwhile`, `git-refused`, `cancelled`, `busy` or `cannot-write`; nothing was changed then. `signal` stops it as long as nothing was changed.
 */
export async function removeWorktree(
  repo: Repo,
  worktree: string,
  options: RemoveOptions = {},
): Promise<Outcome<Removed>> {
  return refusingFaults(options.signal, words, () => remove(repo, worktree, options));
}

const words: FaultWords = {
  cancelled: "The removal was cancelled.",
  untouched: "Nothing was changed.",
  begun: "What had begun was taken back, or is finished the next time. Nothing is lost.",
};

async function remove(repo: Repo, worktree: string, options: RemoveOptions): Promise<Outcome<Removed>> {
  await settle(repo, options.signal ? { signal: options.signal } : {});
  const id = newId();
  const locked = <T>(action: () => Promise<T>, signal?: AbortSignal) =>
    withLock(repo.commonDir, `removing ${worktree}`, action, signal ? { signal } : {});
  return withGitEnvironment({ [operationVariable]: id }, async () => {
    const removal = await locked(() => decideAndRemove(repo, worktree, id, options), options.signal);
    if (!removal.ok) return removal;
    const { merged, warnings, ...note } = removal.value;
    // Deleting many files takes long; nobody has to wait for it.
    const swept = await sweep(note);
    await locked(async () => {
      await removeEmptyContainer(note.path);
      await finish(repo.commonDir, id);
    });
    return done({
      id,
      path: note.path,
      branch: note.branch,
      head: note.head,
      branchDeleted: note.deletesBranch,
      merged,
      rescueRef: note.rescueRef,
      reflogCommits: note.reflogCommits,
      keptFiles: note.files,
      goneFolders: note.gone,
      leftover: swept ? null : note.parked,
      warnings,
    });
  });
}

type Decided = Removal & { merged: boolean; warnings: readonly Refusal[] };

async function decideAndRemove(
  repo: Repo,
  worktree: string,
  id: string,
  options: RemoveOptions,
): Promise<Outcome<Decided>> {
  const survey = await surveyOf(repo, worktree, options);
  if (!survey.ok) return survey;
  const plan = planRemoval(survey.value.facts, options);
  if (!plan.allowed) return { ok: false, refusal: oneRefusal(plan.reasons) };
  if (options.onlyMerged && !plan.merged) return notMerged(survey.value);
  options.signal?.throwIfAborted();
  const removal = await noteOf(repo, survey.value, plan.keepsBranch, id);
  const outcome = await carryOut(repo, survey.value, removal);
  return outcome.ok ? done({ ...outcome.value, merged: plan.merged, warnings: plan.warnings }) : outcome;
}

/** From here on a killed process is put right by `settleRemoval`. */
async function carryOut(repo: Repo, survey: Survey, planned: Removal): Promise<Outcome<Removal>> {
  let pending: Pending & { removal: Removal; forgetting?: boolean } = await begin(
    repo.commonDir,
    "remove",
    { removal: planned },
    planned.id,
  );
  const giveUp = async (refusal: Refusal) => {
    await takeBack(repo, pending.removal);
    await finish(repo.commonDir, pending.id);
    return { ok: false as const, refusal };
  };
  try {
    const rescue = await makeRescue(repo, planned, survey.contents);
    pending = await advance(repo.commonDir, pending, { removal: { ...planned, ...rescue } });
    const { removal } = pending;
    const stuck = await park(removal);
    if (stuck) return await giveUp(stuck);
    const change = await changedMeanwhile(repo, removal);
    if (change) return await giveUp(changedRefusal(removal, change));
    await advance(repo.commonDir, pending, { forgetting: true });
    const completed = await complete(repo, removal);
    return completed.ok ? completed : await giveUp(completed.refusal);
  } catch (error) {
    if (!(await isCommitted(repo, pending.removal))) {
      await takeBack(repo, pending.removal);
      await finish(repo.commonDir, pending.id);
    } else await advance(repo.commonDir, pending, { givenUp: true });
    throw error;
  }
}

async function surveyOf(repo: Repo, worktree: string, options: RemoveOptions): Promise<Outcome<Survey>> {
  const known = (await listWorktrees(repo)).map((entry) => entry.path);
  const asked = path.resolve(worktree);
  const real = await realpath(asked).catch(() => asked);
  const listed = known.find((place) => path.resolve(place) === asked || path.resolve(place) === real);
  const survey = listed === undefined ? null : await surveyWorktree(repo, listed, options);
  if (survey) return done(survey);
  return refused(
    "no-worktree",
    `The repo has no worktree at ${worktree}.`,
    "List the worktrees to see their paths. Nothing was changed.",
  );
}

async function noteOf(repo: Repo, survey: Survey, keepsBranch: boolean, id: string): Promise<Removal> {
  const { entry } = survey.facts;
  const { branch, head } = entry;
  if (head === null) throw new Error("A worktree without a commit was to be removed.");
  const at = new Date();
  const record = (await recordsInPlace(repo)).get(path.resolve(entry.path));
  const config = branch === null ? [] : await readBranchConfig(repo, branch);
  return {
    id,
    at: at.toISOString(),
    path: entry.path,
    parked: entry.missing ? null : parkingPlace(entry.path, id),
    adminDir: survey.adminDir,
    adminIdentity: await identityOf(survey.adminDir),
    branch,
    head,
    deletesBranch: branch !== null && !keepsBranch,
    branchConfig: config.map(([key, value]) => [key, value]),
    base: branch === null ? null : await readRef(repo, baseRef(branch)),
    rescueRef: rescueRefName(branch, entry.path, at),
    rescued: null,
    reflogCommits: 0,
    held: null,
    links: [...(survey.contents?.links ?? [])],
    files: [...(survey.contents?.files ?? [])],
    gone: [...(survey.contents?.rebuildable ?? [])],
    record: record?.branch === branch ? record : null,
  };
}

/** Several reasons as one refusal, with the code of the first. */
function oneRefusal(reasons: readonly Refusal[]): Refusal {
  return {
    code: reasons[0]?.code ?? "refused",
    message: reasons.map(({ message }) => message).join("\n"),
    hint: [...new Set(reasons.map(({ hint }) => hint))].join("\n"),
  };
}

function notMerged({ facts }: Survey): Outcome<never> {
  const { path: place, branch } = facts.entry;
  const why =
    facts.landed?.state === "empty"
      ? "has no commit of its own, so there is nothing that could be merged"
      : "is not known to be in the target as a whole";
  return refused(
    "not-merged",
    `${branch ?? place} ${why}.`,
    "Remove it by itself, if you do not need it. Nothing was changed.",
  );
}
