import path from "node:path";
import { countAheadBehind } from "../git/aheadBehind";
import { chooseTarget, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { GitError } from "../git/run";
import { refHolding } from "../git/updateRef";
import { findLanded, planLanding } from "../landing";
import type { Landed, Oid, WorktreeEntry } from "../model/worktree";
import { recordsInPlace } from "./record";
import type { Known } from "./removalFacts";
import type { RemovalFacts } from "./removalPlan";

type CommitFacts = Pick<RemovalFacts, "landed" | "ownSubjects" | "branchStays" | "heldBy" | "remoteAhead">;

/** What would become of the commits of one of the repo's worktrees. */
export async function surveyCommits(
  repo: Repo,
  entry: WorktreeEntry,
  entries: readonly WorktreeEntry[],
  known: Known,
): Promise<CommitFacts> {
  const { head, branch } = entry;
  if (head === null) {
    return { landed: null, ownSubjects: [], branchStays: null, heldBy: null, remoteAhead: null };
  }
  const refs = await readRefs(repo);
  const target = chooseTarget(refs);
  const remote = target?.remote && branch !== null ? `refs/remotes/${target.remote}/${branch}` : null;
  const remoteTip = remote === null ? undefined : refs.oids.get(remote);
  const [landed, heldBy, counts] = await Promise.all([
    target ? landedOf(repo, target.oid, head, entry, known) : null,
    branch === null ? refHolding(repo, head) : null,
    remoteTip === undefined ? [] : countAheadBehind(repo, [{ tip: head, target: remoteTip }]),
  ]);
  return {
    landed,
    ownSubjects: target && landed?.state === "open" ? await openSubjects(repo, target.oid, head, known) : [],
    branchStays: whyBranchStays(branch, target?.branch ?? null, entries),
    heldBy,
    remoteAhead: counts[0]?.behind ?? null,
  };
}

async function landedOf(
  repo: Repo,
  target: Oid,
  head: Oid,
  entry: WorktreeEntry,
  { pulls = [], signal }: Known,
): Promise<Landed> {
  const record = (await recordsInPlace(repo)).get(path.resolve(entry.path));
  const bases = new Map(record && record.branch === entry.branch ? [[head, record.base.oid]] : []);
  const branches = new Map(entry.branch === null ? [] : [[head, `refs/heads/${entry.branch}`]]);
  const options = { bases, branches, pulls, ...(signal ? { signal } : {}) };
  try {
    const landed = await findLanded(repo, target, [head], options);
    return landed.get(head) ?? { state: "unknown", why: "git did not tell" };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { state: "unknown", why: error.message };
  }
}

async function openSubjects(repo: Repo, target: Oid, head: Oid, { pulls = [] }: Known): Promise<string[]> {
  const plan = await planLanding(repo, target, head, { pulls });
  const open = plan?.commits.filter(({ fate }) => fate === "open" || fate === "reverted") ?? [];
  return open.map(({ subject }) => subject).reverse();
}

function whyBranchStays(
  branch: string | null,
  targetBranch: string | null,
  entries: readonly WorktreeEntry[],
): CommitFacts["branchStays"] {
  if (branch === null) return null;
  if (branch === targetBranch) return "target";
  return entries.filter((other) => other.branch === branch).length > 1 ? "elsewhere" : null;
}
