import { createHash } from "node:crypto";
import { isLostByMerges } from "../losses/lostByMerges";
import type { DoneDocument } from "../model/done";
import type { Overlap } from "../model/overlap";
import type { PullRequest } from "../model/pull";
import type { Worktree } from "../model/worktree";
import { isKnown } from "./needNotes";
import type { Snapshot } from "./snapshot";
import type { SupervisedPull } from "./supervised";

/** What a person must decide, worst first; everything else is only shown. */
export const needReasons = [
  "losses",
  "recovery",
  "merged-already",
  "conflict",
  "agent-waiting",
  "checks-failed",
  "pull-conflict",
  "changes-requested",
  "overlap",
  "findings",
  "not-done",
  "missing",
  "remote-ahead",
  "stale-base",
] as const;

export type NeedReason = (typeof needReasons)[number];

/** From when on the base of unfinished work counts as stale. 0: never. */
export interface StaleLimit {
  /** Commits that the target has and the branch does not. */
  readonly commits: number;
}

export const usualLimit: StaleLimit = { commits: 20 };

/** What is best done about each. */
export const needActions = {
  losses: "restore-losses",
  recovery: "continue-recovery",
  "merged-already": "recover",
  conflict: "resolve-conflict",
  "agent-waiting": "answer-agent",
  "checks-failed": "see-checks",
  "pull-conflict": "merge-target",
  "changes-requested": "see-review",
  overlap: "compare",
  findings: "decide",
  "not-done": "see-gates",
  missing: "repair",
  "remote-ahead": "take-in-remote",
  "stale-base": "merge-target",
} as const satisfies Readonly<Record<NeedReason, string>>;

export type NeedAction = (typeof needActions)[NeedReason];

/** One entry of the list: a worktree or a pull request, and why a person has to look at it. */
export interface Need {
  /** The name under which it is muted and told: the path, or `#12`. */
  readonly key: string;
  /** The worktree's path; null for a pull request without one. */
  readonly path: string | null;
  readonly pull: number | null;
  /** Worst first, at least one. */
  readonly reasons: readonly [NeedReason, ...NeedReason[]];
  /** What is best done about the worst. */
  readonly action: NeedAction;
  /** What there is to decide, as `isKnown` compares it. */
  readonly state: string;
  /** The person said that they know; until there is more to decide it does not count. */
  readonly muted: boolean;
}

/** All that a person must decide, worst first. */
export function needsYou(
  { worktrees, pulls, notes }: Pick<Snapshot, "worktrees" | "pulls" | "notes">,
  limit: StaleLimit,
): Need[] {
  const subjects = [
    ...worktrees.map((worktree) => ofWorktree(worktree, limit)),
    ...pulls.map((pull) => ofPull(pull)),
  ];
  return withConflicts(subjects)
    .flatMap((subject) => need(subject) ?? [])
    .map((need) => ({ ...need, muted: isKnown(need, notes.muted) }))
    .sort((a, b) => needReasons.indexOf(a.reasons[0]) - needReasons.indexOf(b.reasons[0]));
}

export function worktreeReasons(worktree: Worktree, limit: StaleLimit): NeedReason[] {
  return Object.keys(inOrder(worktreeFindings(worktree, limit))) as NeedReason[];
}

/** A worktree or a pull request, with all that a person has to decide about it. */
interface Subject extends Pick<Need, "key" | "path" | "pull"> {
  readonly found: Findings;
  /** What is best done about losses in it. */
  readonly mend: NeedAction;
  readonly overlaps: readonly Overlap[] | null;
}

function ofWorktree(worktree: Worktree, limit: StaleLimit): Subject {
  const { path, branch, check, overlaps } = worktree;
  const merged = check !== null && branch !== null && isLostByMerges(check);
  return {
    key: path,
    path,
    pull: worktree.pull?.pull?.number ?? null,
    found: inOrder(worktreeFindings(worktree, limit)),
    mend: merged ? "recover" : needActions.losses,
    overlaps,
  };
}

function ofPull({ pull, check, done, overlaps }: SupervisedPull): Subject {
  const losses = check?.losses ?? [];
  const found: Findings = {
    ...(losses.length > 0 ? { losses: losses.map(({ id }) => id) } : {}),
    ...pullFindings(pull, done),
  };
  return { key: `#${pull.number}`, path: null, pull: pull.number, found, mend: needActions.losses, overlaps };
}

/**
 * Which of two that conflict lands first is one decision, and makes one entry at most: it is told where there is something
 * to decide anyway, else at the first of the two.
 */
function withConflicts(subjects: readonly Subject[]): Subject[] {
  const byKey = new Map(subjects.map((subject, at) => [subject.key, { subject, at }]));
  return subjects.map((subject, at) => {
    const mine = (subject.overlaps ?? []).filter(({ kind, with: key }) => {
      const other = byKey.get(key);
      if (kind !== "conflict" || !other) return false;
      const [busy, otherBusy] = [subject, other.subject].map(({ found }) => Object.keys(found).length > 0);
      return busy || (!otherBusy && at < other.at);
    });
    if (mine.length === 0) return subject;
    return {
      ...subject,
      found: inOrder({ ...subject.found, overlap: mine.map((each) => each.with) }),
    };
  });
}

const mostParts = 100;

/**
 * Short words, one for each reason and one for each thing that it is about, so that facts which come later add to it, and
 * what is settled takes away from it.
 */
function stateOf(found: Findings): string {
  return Object.entries(found)
    .flatMap(([reason, about]) => {
      const things = about.map((each) => [reason, each]);
      return [[reason], ...(things.length > mostParts ? [things] : things)];
    })
    .map((part) => createHash("sha256").update(JSON.stringify(part)).digest("hex").slice(0, 10))
    .sort()
    .join(" ");
}

/** Worst first. */
function inOrder(found: Findings): Findings {
  return Object.fromEntries(
    needReasons.flatMap((reason) => (reason in found ? [[reason, found[reason]]] : [])),
  );
}

/** For each reason, what it is about: with each that is new there is one more decision. */
type Findings = Readonly<Partial<Record<NeedReason, readonly unknown[]>>>;

function worktreeFindings(worktree: Worktree, limit: StaleLimit): Findings {
  const { check, dirt, missing, lockedBecause, remoteAhead, landed, head, recovery, run, undecided } =
    worktree;
  const waits = recovery?.here === true && recovery.state !== "running";
  const { pull = null, outlived = false } = worktree.pull ?? {};
  // What is only half recovered cannot be judged yet, and what was recovered lands as the other branch.
  const settled = worktree.recoveredAs !== null && pull?.state !== "open";
  const isMade = recovery !== null && recovery.newBranch === worktree.branch;
  const losses = settled || isMade ? [] : (check?.losses ?? []);
  return {
    ...(losses.length > 0 ? { losses: losses.map(({ id }) => id) } : {}),
    ...(waits ? { recovery: [[recovery.branch, recovery.state, recovery.at]] } : {}),
    ...(outlived && !settled && landed?.state !== "landed" ? { "merged-already": [head] } : {}),
    ...((dirt?.conflicted ?? 0) > 0 && !recovery?.here ? { conflict: [head] } : {}),
    ...(run?.state === "waiting" ? { "agent-waiting": [[run.id, run.since]] } : {}),
    ...(undecided && undecided.length > 0 ? { findings: undecided } : {}),
    ...(pull ? pullFindings(pull, worktree.done) : {}),
    // A locked worktree may lie on a drive that is not there now, and git keeps its entry on purpose.
    ...(missing && lockedBecause === null ? { missing: [""] } : {}),
    ...(isPushedTo(worktree) ? { "remote-ahead": [remoteAhead] } : {}),
    ...(isStale(worktree, limit) && !settled ? { "stale-base": [""] } : {}),
  };
}

/** What is not ready for a look yet is nobody's decision. */
function pullFindings(pull: PullRequest, done: DoneDocument | null): Findings {
  const { state, draft, checks, mergeable, review, head } = pull;
  if (state !== "open" || draft) return {};
  const red = redGates(done);
  return {
    ...(checks.state === "failed" ? { "checks-failed": checks.failed.map((name) => [head, name]) } : {}),
    ...(mergeable === "conflict" ? { "pull-conflict": [head] } : {}),
    ...(review === "changes-requested" ? { "changes-requested": [head] } : {}),
    ...(red.length > 0 ? { "not-done": red } : {}),
  };
}

/** What is lost has a reason of its own. */
function redGates(done: DoneDocument | null): unknown[] {
  return (done?.gates ?? [])
    .filter(({ id, status }) => status === "fail" && id !== "losses")
    .map(({ id, where }) => [id, where.map(({ path, message }) => [path, message])]);
}

function need({ key, path, pull, found, mend }: Subject): Omit<Need, "muted"> | null {
  const [first, ...others] = Object.keys(found) as NeedReason[];
  if (!first) return null;
  const state = stateOf(found);
  const action = first === "losses" ? mend : needActions[first];
  return { key, path, pull, reasons: [first, ...others], action, state };
}

/** Others have pushed to its branch. A main worktree that only lags behind has nothing that could get lost. */
export function isPushedTo({ remoteAhead, landed, isMain, ahead }: Worktree): boolean {
  return (remoteAhead ?? 0) > 0 && landed?.state !== "landed" && !(isMain && ahead === 0);
}

/** Unfinished work that the target has left far behind: what it deletes or overwrites may be somebody's new work. */
export function isStale(worktree: Worktree, limit: StaleLimit): boolean {
  const unfinished = worktree.landed?.state === "open" || (worktree.ahead ?? 0) > 0 || isDirty(worktree);
  if (worktree.isMain || worktree.missing || worktree.landed?.state === "landed" || !unfinished) return false;
  return limit.commits > 0 && (worktree.behind ?? 0) >= limit.commits;
}

export function isDirty({ dirt }: Worktree): boolean {
  return dirt !== null && dirt.staged + dirt.changed + dirt.untracked + dirt.conflicted > 0;
}

/** Proven clean: an unread worktree is neither dirty nor clean. */
export function isClean(worktree: Worktree): boolean {
  return worktree.dirt !== null && !isDirty(worktree);
}
