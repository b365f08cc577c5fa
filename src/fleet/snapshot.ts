import path from "node:path";
import { ownerOf } from "../agents/owner";
import type { AheadBehind } from "../git/aheadBehind";
import type { Refs, TargetRef } from "../git/refs";
import type { Repo } from "../git/repo";
import type { Status } from "../git/status";
import { applyDecisions } from "../losses/decisions";
import type { Sighting } from "../losses/noteHeads";
import type { AgentRun } from "../model/agent";
import type { CheckDocument } from "../model/check";
import type { LossDecision } from "../model/decision";
import type { DoneDocument } from "../model/done";
import type { Refusal } from "../model/outcome";
import type { Overlap } from "../model/overlap";
import type { MergedPull } from "../model/pull";
import type { OpenRecovery, RecoveryFact } from "../model/recovery";
import type { Base, Landed, Oid, Worktree, WorktreeEntry } from "../model/worktree";
import type { RecoveredBranch } from "../recovery/log";
import type { WorktreeRecord } from "../worktrees/record";
import type { CheckQuery } from "./askChecks";
import { type LandedQuery, landedKey } from "./askLanded";
import { type NeedNotes, noNotes } from "./needNotes";
import { type GitHubState, noPulls, type PullState, pullFact } from "./pullState";
import type { SupervisedPull } from "./supervised";

/** All that is known of a repo's worktrees at one moment; never changed, only replaced. */
export interface Snapshot {
  readonly repo: Repo;
  /** Where work will merge; null when the repo does not tell. */
  readonly target: Base | null;
  readonly worktrees: readonly Worktree[];
  /** The open pull requests that have no worktree here; empty also where GitHub was not asked: `github` tells. */
  readonly pulls: readonly SupervisedPull[];
  /** Open pull requests in all; more than are listed where there are very many. */
  readonly openPulls: number;
  /** Null: the repo is on no GitHub, or nobody asked. */
  readonly github: GitHubState | null;
  /** What was muted of the list of needs, and what the person was told. */
  readonly notes: NeedNotes;
  /** False while facts of the running refresh are still to come. */
  readonly complete: boolean;
  /** Why the last refresh failed; what is shown is then the last known state. */
  readonly problem: Refusal | null;
}

/** What the questions asked so far have answered, each under the ids that it depends on. */
export interface Facts {
  readonly entries: readonly WorktreeEntry[];
  readonly refs: Refs | null;
  readonly target: TargetRef | null;
  readonly targetFetchedAt: string | null;
  /** By path. */
  readonly noted: ReadonlyMap<string, WorktreeRecord>;
  /** By path. */
  readonly runs: ReadonlyMap<string, AgentRun>;
  /** By path; null: git could not read it. */
  readonly statuses: ReadonlyMap<string, Status | null>;
  /** By `pairKey`. */
  readonly counts: ReadonlyMap<string, AheadBehind>;
  /** By `landedKey`. */
  readonly landed: ReadonlyMap<string, Landed>;
  readonly merged: readonly MergedPull[];
  readonly pulls: PullState;
  /** The commits of pull requests that are here, by number. */
  readonly pullHeads: ReadonlyMap<number, Oid>;
  /** Of commits alone, by `landedKey`; null: it could not be told. */
  readonly checks: ReadonlyMap<string, CheckDocument | null>;
  /** Of files on disk, by path. */
  readonly diskChecks: ReadonlyMap<string, DiskCheck>;
  /** By path; null: it could not be told. */
  readonly undecided: ReadonlyMap<string, readonly string[] | null>;
  /** By path, or by `pullId`; null: it could not be told. */
  readonly dones: ReadonlyMap<string, DoneDocument | null>;
  /** By path; null: it could not be told. */
  readonly overlaps: ReadonlyMap<string, readonly Overlap[] | null>;
  readonly notes: NeedNotes;
  /** What persons said of deletions, oldest first; the same list as long as nobody says more. */
  readonly decisions: readonly LossDecision[];
  readonly recoveries: readonly OpenRecovery[];
  readonly recovered: readonly RecoveredBranch[];
}

/** Before anything was asked. */
export const noFacts: Facts = {
  entries: [],
  refs: null,
  target: null,
  targetFetchedAt: null,
  noted: new Map(),
  runs: new Map(),
  statuses: new Map(),
  counts: new Map(),
  landed: new Map(),
  merged: [],
  pulls: noPulls,
  pullHeads: new Map(),
  checks: new Map(),
  decisions: [],
  recoveries: [],
  recovered: [],
  notes: noNotes,
  diskChecks: new Map(),
  undecided: new Map(),
  dones: new Map(),
  overlaps: new Map(),
};

/** What was said of a worktree's files as they lay on disk when git described them so. */
export interface DiskCheck {
  readonly key: string;
  readonly status: Status;
  readonly answer: CheckDocument | null;
}

/** The name under which an answer about two commits is kept. */
export function pairKey(tip: Oid, target: Oid): string {
  return `${tip} ${target}`;
}

/** The commit that the branch of the same name on the target's remote is at, as far as was fetched. */
export function remoteTip(facts: Pick<Facts, "refs" | "target">, branch: string | null): Oid | null {
  const remote = facts.target?.remote;
  if (!remote || branch === null) return null;
  return facts.refs?.oids.get(`refs/remotes/${remote}/${branch}`) ?? null;
}

/** What was recorded of this very worktree, as long as it is on the branch that it was made for. */
function recordOf(facts: Pick<Facts, "noted">, entry: WorktreeEntry): WorktreeRecord | null {
  const record = facts.noted.get(path.resolve(entry.path));
  return record?.branch === entry.branch ? record : null;
}

/** Status is the younger answer: an agent may have committed or switched since the list was read. */
export function current(facts: Pick<Facts, "statuses">, entry: WorktreeEntry): WorktreeEntry {
  const status = facts.statuses.get(entry.path);
  return status ? { ...entry, head: status.head, branch: status.branch } : entry;
}

/** What to ask about a worktree's branch; null where there is nothing that could land. */
export function landedQuery(
  facts: Pick<Facts, "noted" | "target">,
  entry: WorktreeEntry,
): LandedQuery | null {
  return entry.isMain ? null : landable(facts, entry);
}

function landable(facts: Pick<Facts, "noted" | "target">, entry: WorktreeEntry): LandedQuery | null {
  const isTarget = facts.target?.remote === null && entry.branch === facts.target.branch;
  if (!entry.head || entry.bare || isTarget) return null;
  return { head: entry.head, branch: entry.branch, base: recordOf(facts, entry)?.base.oid ?? null };
}

/**
 * What to check in a worktree: its files where git says that some are not committed, else its commits. Null where nothing
 * could be lost, and where the answer is known.
 */
export function checkQuery(facts: Facts, listed: WorktreeEntry): CheckQuery | null {
  const { target, landed, checks, diskChecks, statuses, counts } = facts;
  const entry = current(facts, listed);
  const query = landable(facts, entry);
  if (!target || !query) return null;
  const key = landedKey(query, target.oid);
  const status = statuses.get(entry.path);
  if (status && !isClean(status) && !entry.missing) {
    const known = diskChecks.get(entry.path);
    return known?.key === key && known.status === status ? null : { query, entry, changes: status };
  }
  const ahead = entry.isMain ? (counts.get(pairKey(query.head, target.oid))?.ahead ?? 0) > 0 : false;
  const open = ahead || landed.get(key)?.state === "open";
  return open && !checks.has(key) ? { query, entry, changes: null } : null;
}

/**
 * What is known of the losses: of the files on disk where some are not committed. What was last said stands until there is
 * an answer about how things are now; undefined: there is none yet.
 */
function knownCheck(facts: Facts, entry: WorktreeEntry): CheckDocument | null | undefined {
  const query = landable(facts, entry);
  if (!facts.target || !query) return null;
  const key = landedKey(query, facts.target.oid);
  const status = facts.statuses.get(entry.path);
  const known = facts.diskChecks.get(entry.path);
  if (status && !isClean(status) && !entry.missing) return known?.key === key ? known.answer : undefined;
  const pending = facts.landed.get(key)?.state === "open" || (!entry.isMain && !facts.landed.has(key));
  return facts.checks.get(key) ?? (pending && !facts.checks.has(key) ? undefined : null);
}

/** Where the branches that are checked out are, here and at the target's remote. */
export function sightings(facts: Facts): Sighting[] {
  return facts.entries.flatMap((listed) => {
    const { head, branch, path: place } = current(facts, listed);
    if (head === null || branch === null) return [];
    const dirt = facts.statuses.get(place)?.dirt;
    const clean = dirt !== undefined && dirt.staged + dirt.changed + dirt.conflicted === 0;
    const remote = remoteTip(facts, branch);
    return [
      { ref: `refs/heads/${branch}`, oid: head, clean },
      ...(remote ? [{ ref: `refs/remotes/${facts.target?.remote}/${branch}`, oid: remote }] : []),
    ];
  });
}

export function isClean({ dirt }: Status): boolean {
  return dirt.staged + dirt.changed + dirt.untracked + dirt.conflicted === 0;
}

/**
 * Puts the answers together, a worktree after the other, in git's own order. `before`: as they were shown last, out of the
 * facts in `last`; the same object stands for a worktree about which there is nothing new.
 */
export function assemble(facts: Facts, before: readonly Worktree[], last: Facts | null = null): Worktree[] {
  const shown = new Map(before.map((worktree) => [worktree.path, worktree]));
  const looked = last !== null && differInStatuses(facts, last) ? last.statuses : null;
  return facts.entries.map((listed) => {
    const known = shown.get(listed.path);
    if (known && looked && looked.get(listed.path) === facts.statuses.get(listed.path)) return known;
    const entry = current(facts, listed);
    const { head, branch } = entry;
    const record = recordOf(facts, entry);
    const { target } = facts;
    const counts = head && target ? facts.counts.get(pairKey(head, target.oid)) : undefined;
    const query = landedQuery(facts, entry);
    const remote = remoteTip(facts, branch);
    const check = knownCheck(facts, entry);
    return {
      name: nameOf(entry.path),
      owner: ownerOf(entry, record?.agent ?? null),
      run: facts.runs.get(entry.path) ?? null,
      task: record?.task ?? null,
      base: record?.base ?? null,
      setup: record?.setup ?? null,
      ahead: counts?.ahead ?? null,
      behind: counts?.behind ?? null,
      dirt: facts.statuses.get(listed.path)?.dirt ?? null,
      landed: (query && target && facts.landed.get(landedKey(query, target.oid))) || null,
      check:
        check === undefined
          ? (known?.branch === branch && known.check) || null
          : check && decided(check, facts.decisions, branch),
      undecided: facts.undecided.get(entry.path) ?? null,
      done: facts.dones.get(entry.path) ?? null,
      overlaps: facts.overlaps.get(entry.path) ?? null,
      pull: pullFact(facts.pulls, entry),
      remoteAhead: head && remote ? (facts.counts.get(pairKey(head, remote))?.behind ?? null) : null,
      recovery: recoveryOf(facts, entry),
      recoveredAs: recoveredAs(facts, entry),
      // Last: V8 takes some ninety times as long to add this many keys to what was spread.
      ...entry,
    };
  });
}

/** What a worktree is like is told by its own status alone, as long as all else is the same. */
function differInStatuses(facts: Facts, last: Facts): boolean {
  return (Object.keys(facts) as (keyof Facts)[]).every(
    (key) => key === "statuses" || facts[key] === last[key],
  );
}

/** Whether what conflicted is settled is told by status, as everything about files. */
function recoveryOf(
  { recoveries, entries, statuses }: Pick<Facts, "recoveries" | "entries" | "statuses">,
  { branch, path: place }: WorktreeEntry,
): RecoveryFact | null {
  const found =
    branch === null
      ? undefined
      : recoveries.find((each) => each.newBranch === branch || each.branch === branch);
  if (!found) return null;
  const hasDesk = entries.some((entry) => entry.branch === found.newBranch);
  const here = found.newBranch === branch || !hasDesk;
  if (found.state !== "conflict" || !here) return { ...found, here };
  const settled = statuses.get(place)?.dirt.conflicted === 0;
  return { ...found, here, state: !hasDesk ? "stopped" : settled ? "settled" : "conflict" };
}

/** As long as the branch has not gone on, and the other one is there or at the remote. */
function recoveredAs(facts: Facts, { branch, head }: WorktreeEntry): string | null {
  const { recovered, refs } = facts;
  const found = recovered.findLast((line) => line.branch === branch && line.head === head);
  const isThere =
    found && (refs?.oids.has(`refs/heads/${found.newBranch}`) || remoteTip(facts, found.newBranch));
  return isThere ? found.newBranch : null;
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

const decidedOnce = new WeakMap<
  CheckDocument,
  Map<string | null, { readonly decisions: readonly LossDecision[]; readonly answer: CheckDocument }>
>();

/** An answer with what was decided on it; the same object as long as both hold, so that sameness is told by identity. */
export function decided(
  found: CheckDocument,
  decisions: readonly LossDecision[],
  branch: string | null,
): CheckDocument {
  const byBranch = decidedOnce.get(found) ?? new Map();
  decidedOnce.set(found, byBranch);
  const known = byBranch.get(branch);
  if (known?.decisions === decisions) return known.answer;
  const answer = applyDecisions(found, decisions, branch);
  byBranch.set(branch, { decisions, answer });
  return answer;
}
