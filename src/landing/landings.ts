import { type PathChange, sameEntry, type TreeEntry } from "../git/rawChanges";
import type { RawCommit } from "../git/rawLog";
import type { Oid } from "../model/worktree";

/** A landing gave a path this content (null: removed it). */
export interface Touch {
  readonly index: number;
  /** What it held before. */
  readonly old: TreeEntry | null;
  readonly entry: TreeEntry | null;
}

/** Landings from one to another, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A touch, and how long what it gave the path stood there. */
interface Stay extends Touch {
  readonly from: number;
  to: number;
}

/** After so many all paths are looked up at once: each goes through all landings again. */
const mostLookUps = 4;

/** Old path → new path. */
export type Moves = ReadonlyMap<string, string>;

/**
 * The target's first-parent line, oldest first. The first commit is only a place to start from: landings are counted
 * from 1 on.
 */
export class Landings {
  private readonly touches = new Map<string, Stay[]>();
  /** Paths of which it is known what happened to them; null: all. */
  private known: Set<string> | null = new Set();
  private lookUps = 0;
  private readonly moves = new Map<number, Moves>();
  private readonly places = new Map<Oid, number>();

  constructor(private readonly commits: readonly RawCommit[]) {
    for (const [index, { oid }] of commits.entries()) this.places.set(oid, index);
  }

  /** Looks up at one time what happened to paths that will be asked about; one by one takes longer. */
  lookUp(paths: Iterable<string>): void {
    const { known } = this;
    if (!known) return;
    const fresh = new Set([...paths].filter((path) => !known.has(path)));
    if (fresh.size === 0) return;
    if (++this.lookUps > mostLookUps) {
      this.touches.clear();
      this.known = null;
      this.find(({ changes }) => changes);
      return;
    }
    for (const path of fresh) known.add(path);
    this.find((commit) => commit.changesTo(fresh));
  }

  private touchesOf(path: string): Stay[] | undefined {
    if (this.known && !this.known.has(path)) this.lookUp([path]);
    return this.touches.get(path);
  }

  private find(changesOf: (commit: RawCommit) => readonly PathChange[]): void {
    for (const [index, commit] of this.commits.entries()) {
      if (index === 0) continue;
      for (const { path, old, new: entry } of changesOf(commit)) {
        const stay = { index, old, entry, from: index, to: this.tip };
        const touches = this.touches.get(path);
        const last = touches?.at(-1);
        if (last) last.to = index - 1;
        if (touches) touches.push(stay);
        else this.touches.set(path, [stay]);
      }
    }
  }

  get tip(): number {
    return this.commits.length - 1;
  }

  at(index: number): RawCommit {
    const commit = this.commits[index];
    if (!commit) throw new RangeError(`no landing ${index}`);
    return commit;
  }

  indexOf(oid: Oid): number | undefined {
    return this.places.get(oid);
  }

  /** A landing's title; undefined for any other commit. */
  titleOf(oid: Oid): string | undefined {
    return this.commits[this.places.get(oid) ?? -1]?.subject;
  }

  /** Landings that removed one of the paths and added others: there the path may have moved on. */
  possibleMoves(paths: readonly string[]): number[] {
    this.lookUp(paths);
    const found = new Set<number>();
    for (const path of paths) {
      for (const { index, entry } of this.touchesOf(path) ?? []) {
        if (entry === null && this.at(index).changes.some(({ old }) => old === null)) found.add(index);
      }
    }
    return [...found];
  }

  noteMoves(index: number, moves: Moves): void {
    this.moves.set(index, moves);
  }

  /** The paths, and all names that they got by moves. */
  withMoves(paths: Iterable<string>): string[] {
    const names = new Set(paths);
    // A set that grows while it is walked gives the new members too.
    for (const name of names) {
      for (const moves of this.moves.values()) names.add(moves.get(name) ?? name);
    }
    return [...names];
  }

  /** The name that a file has at the end, as far as moves were noted; its own where it did not move. */
  nameNow(path: string): string {
    const last = this.touchesOf(path)?.at(-1);
    const next = last?.entry === null ? this.moves.get(last.index)?.get(path) : undefined;
    return next === undefined ? path : this.nameNow(next);
  }

  /**
   * What happened to a path after a landing, in order; where it moved, its story goes on under the new name. Of a
   * path that a change removes only its own story counts.
   */
  touchesAfter({ path, new: entry }: Pick<PathChange, "path" | "new">, since: number): readonly Touch[] {
    const touches = this.ownAfter(path, since);
    const end = entry === null ? -1 : this.placeOfMove(path, touches);
    const move = touches[end];
    if (!move) return touches;
    const next = { path: this.moves.get(move.index)?.get(path) ?? path, new: entry };
    return [...touches.slice(0, end), ...this.touchesAfter(next, move.index - 1)];
  }

  private ownAfter(path: string, since: number): readonly Stay[] {
    const all = this.touchesOf(path) ?? [];
    const start = all.findIndex(({ index }) => index > since);
    return start === 0 ? all : start < 0 ? [] : all.slice(start);
  }

  /** Which of the touches moved the path away; -1: none. */
  private placeOfMove(path: string, touches: readonly Touch[]): number {
    if (this.moves.size === 0) return -1;
    return touches.findIndex((touch) => touch.entry === null && this.moves.get(touch.index)?.has(path));
  }

  isTouchedAfter(path: string, since: number): boolean {
    return (this.touchesOf(path)?.at(-1)?.index ?? -1) > since;
  }

  /** What a changed path held after `since`, from one landing that touched it until the next. */
  spansAfter(change: Pick<PathChange, "path" | "new">, since: number): readonly (Span & Touch)[] {
    const own = this.ownAfter(change.path, since);
    if (change.new === null || this.placeOfMove(change.path, own) < 0) return own;
    const touches = this.touchesAfter(change, since);
    return touches.map((touch, i) => ({
      ...touch,
      from: touch.index,
      to: (touches[i + 1]?.index ?? this.tip + 1) - 1,
    }));
  }

  /**
   * Whether right after a landing all changed paths have exactly what the changes gave them. Not told of removals: a
   * file that is gone may live on under another name. False may also be: not known.
   */
  hasExactly(changes: readonly PathChange[], index: number): boolean {
    return (
      changes.length > 0 &&
      changes.every(({ path, new: entry }) => {
        const last = this.touchesOf(path)?.findLast((touch) => touch.index <= index);
        return entry !== null && last !== undefined && sameEntry(last.entry, entry);
      })
    );
  }

  /** How many of the changes a landing made itself, from and to the same content. */
  madeBy(changes: readonly PathChange[], index: number): number {
    const made = new Map(this.at(index).changes.map((change) => [change.path, change]));
    return changes.filter(({ path, old, new: entry }) => {
      const change = made.get(path);
      return change && sameEntry(old, change.old) && sameEntry(entry, change.new);
    }).length;
  }

  /** The first landing after `since` that made any of the changes itself and has all of them exactly; told without a look into files. */
  firstWithExactly(changes: readonly PathChange[], since: number): number | null {
    const made = changes.flatMap(({ path, old, new: entry }) =>
      this.ownAfter(path, since).flatMap((touch) =>
        sameEntry(touch.entry, entry) && sameEntry(touch.old, old) ? [touch.index] : [],
      ),
    );
    const inOrder = [...new Set(made)].sort((a, b) => a - b);
    return inOrder.find((index) => this.hasExactly(changes, index)) ?? null;
  }

  /** What a path holds right after a landing, whatever moved there; undefined when no landing ever touched it. */
  fileAt(path: string, index: number): TreeEntry | null | undefined {
    const touches = this.touchesOf(path);
    const last = touches?.findLast((touch) => touch.index <= index);
    return last ? last.entry : touches?.[0]?.old;
  }

  /** What a changed path has right after a landing; undefined when nothing touched it since. */
  entryAt(
    change: Pick<PathChange, "path" | "new">,
    since: number,
    index: number,
  ): TreeEntry | null | undefined {
    return this.touchesAfter(change, since).findLast((touch) => touch.index <= index)?.entry;
  }
}
