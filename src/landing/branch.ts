import { type PathChange, sameEntry } from "../git/rawChanges";
import type { RawCommit } from "../git/rawLog";
import type { Oid } from "../model/worktree";
import { type Effect, netChanges, treesEffect } from "./effect";
import type { Lab } from "./lab";
import type { Landings } from "./landings";

/** What is known about all branches' own commits together. */
export interface OwnGraph {
  readonly commits: ReadonlyMap<Oid, RawCommit>;
  /** For each own commit the newest landing that it already had below it. */
  readonly since: ReadonlyMap<Oid, number>;
  /** Trees of commits that are no branch's own: where branches forked, and what they merged in. */
  readonly trees: ReadonlyMap<Oid, Oid>;
}

/** One branch's own commits. */
export class Branch {
  /** Each after its parents. */
  readonly own: readonly RawCommit[];
  /** Those on the first-parent line, oldest first. */
  readonly line: readonly RawCommit[];
  private readonly reached = new Map<Oid, ReadonlySet<Oid>>();

  constructor(
    readonly head: Oid,
    private readonly graph: OwnGraph,
  ) {
    const own = this.upTo(head);
    this.own = [...graph.commits.values()].filter(({ oid }) => own.has(oid));
    const line: RawCommit[] = [];
    for (let at = graph.commits.get(head); at; at = graph.commits.get(at.parents[0] ?? "")) line.push(at);
    this.line = line.reverse();
  }

  /** Own commits that are no merges. */
  get plain(): readonly RawCommit[] {
    return this.own.filter(({ parents }) => parents.length < 2);
  }

  get merges(): readonly RawCommit[] {
    return this.own.filter(({ parents }) => parents.length > 1);
  }

  /** Own commits that `tip` has: itself and what is below it. */
  upTo(tip: Oid): ReadonlySet<Oid> {
    const known = this.reached.get(tip) ?? reachable(tip, this.graph.commits);
    this.reached.set(tip, known);
    return known;
  }

  since(oid: Oid): number {
    return this.graph.since.get(oid) ?? 0;
  }

  /** Null for a commit without a parent here, as at the end of a shallow clone. */
  effectOf(commit: RawCommit): (Effect & { kind: "trees" }) | null {
    const from = this.treeOf(commit.parents[0]);
    return from === undefined ? null : treesEffect(from, commit.tree, commit.changes);
  }

  /**
   * What the line did between two of its commits, `from` -1 being where it forked. Where it merged something in
   * between, only what is its own counts.
   */
  async effectBetween(lab: Lab, landings: Landings, from: number, to: number): Promise<Effect | null> {
    const tip = this.line[to];
    if (!tip) return null;
    const steps = this.line.slice(from + 1, to + 1);
    const start = this.line[from];
    if (steps.every(({ parents }) => parents.length === 1)) {
      const tree = start ? start.tree : this.treeOf(steps[0]?.parents[0]);
      if (tree === undefined) return null;
      return treesEffect(tree, tip.tree, netChanges(steps.map(({ changes }) => changes)));
    }
    const changes = await lab.changes(landings.at(this.since(tip.oid)).tree, tip.tree);
    return {
      kind: "history",
      tip: tip.oid,
      after: start?.oid ?? null,
      changes,
    };
  }

  /**
   * The places after `from` where a stretch of the line can end that came in as a whole: each path that it changes is
   * touched by some landing. Across merges that is not told, and every end is possible.
   */
  possibleEnds(landings: Landings, from: number): number[] {
    const ends: number[] = [];
    const first = new Map<string, PathChange>();
    const untouched = new Set<string>();
    let merged = false;
    for (const [to, { oid, parents, changes }] of this.line.entries()) {
      if (to <= from) continue;
      merged ||= parents.length > 1;
      for (const change of changes) {
        const { old } = first.get(change.path) ?? change;
        if (!first.has(change.path)) first.set(change.path, change);
        if (sameEntry(old, change.new) || landings.isTouchedAfter(change.path, this.since(oid))) {
          untouched.delete(change.path);
        } else {
          untouched.add(change.path);
        }
      }
      if (merged || untouched.size === 0) ends.push(to);
    }
    return ends;
  }

  private treeOf(oid: Oid | undefined): Oid | undefined {
    return oid === undefined ? undefined : (this.graph.commits.get(oid)?.tree ?? this.graph.trees.get(oid));
  }
}

function reachable(tip: Oid, commits: ReadonlyMap<Oid, RawCommit>): ReadonlySet<Oid> {
  const seen = new Set<Oid>();
  const open = [tip];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    const commit = commits.get(oid);
    if (!commit || seen.has(oid)) continue;
    seen.add(oid);
    open.push(...commit.parents);
  }
  return seen;
}
