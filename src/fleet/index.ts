import path from "node:path";
import { runsIn } from "../agents/runs";
import { Sessions } from "../agents/sessions";
import { Aside } from "../git/aside";
import { chooseTarget, readRefs, type TargetRef } from "../git/refs";
import { openRepo, type Repo } from "../git/repo";
import { readStatus, type Status } from "../git/status";
import { listWorktrees } from "../git/worktreeList";
import { noteHeads } from "../losses/noteHeads";
import { readStanding } from "../losses/standing";
import { done, type Outcome, refused } from "../model/outcome";
import type { MergedPull, PullRequest } from "../model/pull";
import type { WorktreeEntry } from "../model/worktree";
import { readRecovered } from "../recovery/log";
import { readOpen } from "../recovery/open";
import { makeTemporaryFolder } from "../store/temporaryFolder";
import { lastFetched } from "../worktrees/freshness";
import { recordsInPlace } from "../worktrees/record";
import { settle } from "../worktrees/settle";
import { askChecks, withAnswer } from "./askChecks";
import { askCounts } from "./askCounts";
import { askLanded, type LandedQuery, landedKey } from "./askLanded";
import {
  askOverlaps,
  FilesRead,
  isSameField,
  keepOverlaps,
  type Participant,
  participants,
} from "./askOverlaps";
import {
  type Change,
  changeBetween,
  changedEntries,
  isAll,
  keepPulls,
  keepUnchanged,
  mergeRequests,
  type RefreshRequest,
} from "./change";
import { coalesce, coalesceCalls } from "./coalesce";
import { fetchTarget } from "./fetchTarget";
import { DoneJudge, noTickets, ticketsOf } from "./judgeDone";
import { isKnown, type NamedNeed, needNotesOr, noNotes, noteNeeds, readNeedNotes } from "./needNotes";
import { type Need, needsYou, type StaleLimit } from "./needsYou";
import { bringPullHeads } from "./pullHeads";
import { findPullPlace } from "./pullPlace";
import { type Connect, PullRounds } from "./pullRounds";
import { withoutWorktree } from "./pullState";
import { assemble, checkQuery, type Facts, landedQuery, noFacts, type Snapshot, sightings } from "./snapshot";
import { assemblePulls, pullQueries } from "./supervised";
import { Undecided } from "./undecided";

export type { Change, RefreshRequest } from "./change";
export type { Connect } from "./pullRounds";
export type { Snapshot } from "./snapshot";
export type { SupervisedPull } from "./supervised";

export interface Disposable {
  dispose(): void;
}

// Facts that arrive within this time are shown together.
const batchMs = 80;

/** Opens the repo that holds `dir`. Nothing is read beyond its place: call `refresh`. Refused as openRepo refuses. */
export async function openFleet(dir: string): Promise<Outcome<Fleet>> {
  const repo = await openRepo(dir);
  return repo.ok ? done(new Fleet(repo.value)) : repo;
}

/** The worktrees of one repo and what is true of them now: names at once, then facts as they arrive. */
export class Fleet implements Disposable {
  snapshot: Snapshot;
  private facts: Facts = noFacts;
  private readonly aside: Aside;
  private readonly filesRead: FilesRead;
  /** Who was compared last, with which target. */
  private compared: { readonly target: string; readonly field: readonly Participant[] } | null = null;
  private readonly listeners = new Set<(change: Change) => void>();
  private readonly stop = new AbortController();
  private batch: NodeJS.Timeout | null = null;
  private readonly rounds: PullRounds;
  private readonly judgement: DoneJudge;
  /** Who asked GitHub last. */
  private connect: Connect | null = null;
  /** The heads that were last to be brought here, so that what cannot be had is asked for again only with all else. */
  private headsAsked = "";
  private readonly undecided: Undecided;
  private sessions = Sessions.none;
  private complete = false;
  /** The facts that the snapshot was put together from. */
  private shown: Facts | null = null;
  /** What was noted last, so that nothing is read to find that it is known. */
  private noted = "";

  constructor(readonly repo: Repo) {
    this.aside = new Aside(repo, makeTemporaryFolder);
    this.filesRead = new FilesRead(this.aside);
    this.rounds = new PullRounds(repo);
    this.undecided = new Undecided(repo);
    this.judgement = new DoneJudge(repo);
    this.snapshot = {
      repo,
      target: null,
      worktrees: [],
      pulls: [],
      openPulls: 0,
      github: null,
      notes: noNotes,
      complete: false,
      problem: null,
    };
  }

  onChange(listener: (change: Change) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  dispose(): void {
    this.stop.abort();
    this.listeners.clear();
    if (this.batch) clearTimeout(this.batch);
    void this.aside.close();
  }

  /** Looks again; one refresh runs at a time, and what is asked meanwhile runs together after it. */
  readonly refresh: (request?: RefreshRequest) => Promise<void> = (
    (run) =>
    (request = {}) =>
      run(request)
  )(coalesce<RefreshRequest>((request) => this.run(request), mergeRequests));

  private async run(request: RefreshRequest): Promise<void> {
    const everything = isAll(request);
    this.complete = false;
    if (everything) this.headsAsked = "";
    let problem: Snapshot["problem"] = null;
    try {
      const before = this.facts.entries;
      const structure = everything || request.refs === true;
      if (everything) await settle(this.repo, { signal: this.stop.signal, patienceMs: 1_000 });
      if (structure) await this.readEntries();
      else if (request.agents) await this.readRuns();
      const stale = everything
        ? this.facts.entries
        : changedEntries(before, this.facts.entries, request.paths);
      await Promise.all([
        ...(structure ? [this.readTarget().then(() => this.askAboutCommits(this.facts.entries))] : []),
        ...stale.map((entry) => this.askStatus(entry)),
      ]);
    } catch (error) {
      problem = {
        code: "refresh-failed",
        message: error instanceof Error ? error.message : String(error),
        hint: "What is shown is the last known state. Refresh to try again.",
      };
    }
    this.complete = true;
    this.publish(problem);
    if (!problem) await this.noteHeads(everything || request.refs === true);
  }

  /** After all is shown: where branches are now may have to be known when they have moved on. */
  private async noteHeads(refsAreNew: boolean): Promise<void> {
    const seen = sightings(this.facts);
    const { refs } = this.facts;
    const key = JSON.stringify([seen, refsAreNew && refs ? [...refs.oids.keys()] : null]);
    if (key === this.noted) return;
    this.noted = key;
    await noteHeads(this.repo, seen, (ref) => refsAreNew && refs !== null && !refs.oids.has(ref));
  }

  /** The names, shown before anything else is asked. */
  private async readEntries(): Promise<void> {
    const [entries, noted, said, notes, recoveries, recovered] = await Promise.all([
      listWorktrees(this.repo),
      recordsInPlace(this.repo),
      readStanding(this.repo),
      needNotesOr(this.repo.commonDir, this.facts.notes),
      readOpen(this.repo),
      readRecovered(this.repo),
    ]);
    const same = JSON.stringify(said) === JSON.stringify(this.facts.decisions);
    const decisions = same ? this.facts.decisions : said;
    // The list is now the younger answer about heads; what the files are like is asked again where a head moved.
    const statuses = new Map<string, Status | null>();
    for (const { path, head, branch } of entries) {
      const status = this.facts.statuses.get(path);
      if (status === undefined) continue;
      const moved = status && (status.head !== head || status.branch !== branch);
      statuses.set(path, moved ? { ...status, head, branch } : status);
    }
    const diskChecks = new Map([...this.facts.diskChecks].filter(([path]) => statuses.has(path)));
    this.facts = {
      ...this.facts,
      entries,
      noted,
      statuses,
      diskChecks,
      decisions,
      notes,
      recoveries,
      recovered,
    };
    await this.readRuns();
    this.publish(null);
  }

  /** What the agents do that were started here. */
  private async readRuns(): Promise<void> {
    const { entries, noted } = this.facts;
    const worktrees = entries.map((entry) => ({
      path: entry.path,
      since: noted.get(path.resolve(entry.path))?.createdAt ?? null,
    }));
    const runs = await runsIn(this.repo.commonDir, worktrees, this.sessions);
    this.facts = { ...this.facts, runs };
  }

  /** Asks Claude Code's own list too, which sees what no hook tells. `claude`: its program. */
  async askSessions(claude: string): Promise<void> {
    this.sessions = (await Sessions.ask(claude, this.stop.signal)) ?? Sessions.none;
    await this.refresh({ agents: true });
  }

  private async readTarget(): Promise<void> {
    const refs = await readRefs(this.repo);
    const target = chooseTarget(refs);
    const targetFetchedAt = target && (await lastFetched(this.repo, target.ref, target.oid));
    const moved = target?.oid !== this.facts.target?.oid;
    // Answers about another target would only take up room; on disk they are kept.
    const answers = moved ? { counts: new Map(), landed: new Map(), checks: new Map() } : {};
    this.facts = { ...this.facts, ...answers, refs, target, targetFetchedAt };
    this.publishSoon();
  }

  /** One worktree's files; where its head turns out to have moved, the questions about commits are asked again. */
  private async askStatus(entry: WorktreeEntry): Promise<void> {
    if (entry.missing || entry.bare) return;
    const status = await readStatus(entry.path, { signal: this.stop.signal });
    const statuses = new Map(this.facts.statuses).set(entry.path, status);
    this.facts = { ...this.facts, statuses };
    if (status && (status.head !== entry.head || status.branch !== entry.branch)) {
      await this.askAboutCommits([{ ...entry, head: status.head, branch: status.branch }]);
    }
    this.publishSoon();
  }

  /** Ahead, behind and landed, of those commits that were never asked about; the answers stay true for ever. */
  private async askAboutCommits(entries: readonly WorktreeEntry[]): Promise<void> {
    const { target } = this.facts;
    if (target) await Promise.all([this.askCounts(entries, target), this.askLanded(entries, target)]);
  }

  private async askCounts(entries: readonly WorktreeEntry[], target: TargetRef): Promise<void> {
    const answers = await askCounts(this.repo, this.facts, entries, target.oid);
    if (answers.size === 0) return;
    const counts = new Map([...this.facts.counts, ...answers]);
    this.facts = { ...this.facts, counts };
    this.publishSoon();
  }

  private async askLanded(entries: readonly WorktreeEntry[], target: TargetRef): Promise<void> {
    const queries = new Map<string, LandedQuery>();
    for (const entry of entries) {
      const query = landedQuery(this.facts, entry);
      if (query) queries.set(landedKey(query, target.oid), query);
    }
    const unasked = [...queries].filter(([key]) => !this.facts.landed.has(key)).map(([, query]) => query);
    if (unasked.length === 0) return;
    const answers = await askLanded(this.repo, target.oid, unasked, this.facts.merged, this.stop.signal);
    this.facts = { ...this.facts, landed: new Map([...this.facts.landed, ...answers]) };
    this.publishSoon();
  }

  /**
   * Asks what the target would lose to each branch with work of its own, and to the files of each worktree that are not
   * committed and were looked at since; answers are shown as they come.
   */
  readonly check = coalesceCalls(() => this.askChecks());

  private async askChecks(): Promise<void> {
    const { target } = this.facts;
    if (!target) return;
    const worktrees = this.facts.entries.flatMap((entry) => checkQuery(this.facts, entry) ?? []);
    const queries = [...worktrees, ...pullQueries(this.facts)];
    const before = this.facts;
    await askChecks(this.repo, this.aside, target, queries, this.stop.signal, (query, key, answer) => {
      this.facts = { ...this.facts, ...withAnswer(this.facts, query, key, answer) };
      this.publishSoon();
    });
    // Who hears of a snapshot has things checked again: where there was no answer that would never end.
    if (this.facts !== before) this.publish(this.snapshot.problem);
  }

  /** Asks who changes the same as others do, and which two would conflict, where anybody has changed since the last time. */
  readonly compare = coalesceCalls(() => this.askOverlaps());

  private async askOverlaps(): Promise<void> {
    const target = this.facts.target?.oid;
    const field = participants(this.facts);
    const same = this.compared?.target === target && isSameField(this.compared?.field ?? [], field);
    if (target === undefined || same) return;
    const { signal } = this.stop;
    const found = await askOverlaps(this.repo, this.aside, this.filesRead, target, field, signal).catch(
      () => null,
    );
    if (signal.aborted) return;
    // What could not be told is asked again when something has changed.
    this.compared = { target, field };
    this.facts = { ...this.facts, overlaps: keepOverlaps(this.facts.overlaps, found ?? new Map()) };
    this.publish(this.snapshot.problem);
  }

  /** Judges each branch with work of its own against the definition of done, where anything that it depends on has changed. */
  readonly judge = coalesceCalls(() => this.judgeAll());

  private async judgeAll(): Promise<void> {
    const { github } = this.snapshot;
    const askTickets = this.connect && github ? ticketsOf(github, this.connect) : noTickets;
    const dones = await this.judgement.judge(
      this.snapshot,
      askTickets,
      github?.askedAt ?? null,
      this.stop.signal,
    );
    const undecided = await this.undecided.find(this.snapshot.worktrees);
    const before = this.facts;
    const same = isSameMap(dones, before.dones) && isSameMap(undecided, before.undecided);
    if (same || this.stop.signal.aborted) return;
    this.facts = { ...this.facts, dones, undecided };
    this.publish(this.snapshot.problem);
  }

  /** Fetches the target now; refresh to see what that changed. Refused as fetchTarget refuses, or as `no-target`. */
  async fetch(options: {
    readonly timeoutMs: number;
    readonly signal?: AbortSignal;
  }): Promise<Outcome<null>> {
    if (!this.facts.target) {
      await this.readEntries();
      await this.readTarget();
    }
    const { target } = this.facts;
    if (!target) {
      const hint = "Set it, for example with: git remote set-head origin --auto";
      return refused("no-target", "This repo does not tell where work will merge.", hint);
    }
    const { timeoutMs, signal } = options;
    const stop = signal ? AbortSignal.any([signal, this.stop.signal]) : this.stop.signal;
    return fetchTarget(this.repo, target, { timeoutMs, signal: stop });
  }

  /**
   * Asks GitHub for the pull requests of the branches here and for the other open ones; one round at a time. `connect`
   * gives a client for the remote's server. What could not be asked is told in the snapshot, beside what was known.
   */
  readonly askPulls = coalesce<Connect>(
    (connect) => this.pullRound(connect),
    (_waiting, more) => more,
  );

  private async pullRound(connect: Connect): Promise<void> {
    this.connect = connect;
    const { refs, target, entries, pulls: before } = this.facts;
    const place = await findPullPlace(this.repo, refs?.remotes ?? [], target?.remote ?? null);
    const branches = entries.flatMap((entry) => {
      const { branch, head } = entry;
      const base = landedQuery(this.facts, entry)?.base ?? null;
      return branch !== null && head !== null ? [{ branch, tip: head, base }] : [];
    });
    const pulls = await this.rounds.round(before, place, branches, connect, this.stop.signal);
    if (this.stop.signal.aborted) return;
    this.facts = { ...this.facts, pulls };
    this.publish(this.snapshot.problem);
    const merged = pulls.ended.flatMap(({ number, head, mergeCommit }) =>
      mergeCommit ? [{ number, head, mergeCommit }] : [],
    );
    if (JSON.stringify(merged) !== JSON.stringify(this.facts.merged)) await this.usePulls(merged);
    if (!place || pulls.github?.problem || pulls.github?.signedOut) return;
    // What goes into another repo than the target's cannot be judged by the target.
    if (place.remote !== target?.remote) return;
    const open = withoutWorktree(pulls).map(({ pull }) => pull);
    await this.bringHeads(place.remote, open, pulls.open.length >= pulls.openTotal);
  }

  private async bringHeads(remote: string, pulls: readonly PullRequest[], complete: boolean): Promise<void> {
    const asked = JSON.stringify(pulls.map(({ number, head }) => [number, head]));
    if (asked === this.headsAsked) return;
    this.headsAsked = asked;
    const pullHeads = await bringPullHeads(this.repo, remote, pulls, complete, this.stop.signal);
    if (this.stop.signal.aborted) return;
    this.facts = { ...this.facts, pullHeads };
    this.publish(this.snapshot.problem);
  }

  /** The merged pull requests that are known: evidence where a branch was edited on its way in. */
  get mergedPulls(): readonly MergedPull[] {
    return this.facts.merged;
  }

  /** Merged pull requests are evidence for branches that were edited on their way in; the open ones are judged anew. */
  async usePulls(merged: readonly MergedPull[]): Promise<void> {
    const landed = new Map(
      [...this.facts.landed].filter(([, { state }]) => state === "landed" || state === "empty"),
    );
    this.facts = { ...this.facts, merged, landed };
    await this.askAboutCommits(this.facts.entries);
    this.publish(this.snapshot.problem);
  }

  /** Notes what was said about a need, and shows it. Gives what is told for the first time. */
  async note(
    event: "told" | "muted" | "unmuted",
    needs: readonly NamedNeed[],
  ): Promise<readonly NamedNeed[]> {
    const noted = await noteNeeds(this.repo.commonDir, event, needs);
    const notes = await readNeedNotes(this.repo.commonDir);
    this.facts = { ...this.facts, notes };
    this.publish(this.snapshot.problem);
    return noted;
  }

  /** What nobody was told of yet, in no window; from now on it is. Nothing while facts are still to come. */
  async news(limit: StaleLimit): Promise<Need[]> {
    if (!this.snapshot.complete) return [];
    const { told } = this.facts.notes;
    const needs = needsYou(this.snapshot, limit).filter((need) => !need.muted && !isKnown(need, told));
    if (needs.length === 0) return [];
    const noted = new Set((await this.note("told", needs)).map(({ key }) => key));
    return needs.filter(({ key }) => noted.has(key));
  }

  private publishSoon(): void {
    // Every refresh ends with a snapshot of all; those on the way are for whoever watches.
    if (this.listeners.size > 0)
      this.batch ??= setTimeout(() => this.publish(this.snapshot.problem), batchMs);
  }

  private publish(problem: Snapshot["problem"]): void {
    if (this.batch) clearTimeout(this.batch);
    this.batch = null;
    if (this.stop.signal.aborted) return;
    const { target, targetFetchedAt } = this.facts;
    const before = this.snapshot;
    this.snapshot = {
      repo: this.repo,
      target: target && { ref: target.ref, oid: target.oid, fetchedAt: targetFetchedAt },
      worktrees: keepUnchanged(before.worktrees, assemble(this.facts, before.worktrees, this.shown)),
      pulls: keepPulls(before.pulls, assemblePulls(this.facts, before.pulls)),
      openPulls: this.facts.pulls.openTotal,
      github: this.facts.pulls.github,
      notes: this.facts.notes,
      complete: this.complete,
      problem,
    };
    this.shown = this.facts;
    const change = changeBetween(before, this.snapshot);
    for (const listener of this.listeners) listener(change);
  }
}

function isSameMap<V>(one: ReadonlyMap<string, V>, other: ReadonlyMap<string, V>): boolean {
  return one.size === other.size && [...one].every(([id, value]) => other.get(id) === value);
}
