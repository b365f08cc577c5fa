import { diffTrees } from "../git/diffTrees";
import { type Hunk, readHunks } from "../git/hunks";
import { type BlobMerge, mergeBlobs } from "../git/mergeBlobs";
import { type MergedTree, type MergePair, mergeTrees } from "../git/mergeTrees";
import type { PathChange, TreeEntry } from "../git/rawChanges";
import { readBlobs } from "../git/readBlobs";
import { hashOf, type Scratch } from "../git/scratch";
import type { Oid } from "../model/worktree";
import { batched } from "./batch";
import type { Effect } from "./effect";
import type { Moves } from "./landings";
import {
  changeOfLines,
  countLines,
  hasLongest,
  hasRemoved,
  isBinary,
  type LineChange,
  type LineCounts,
  mayHold,
} from "./lines";
import { blobId, mergeFile } from "./mergeText";

// Larger files are left to git's own merge.
const largestText = 512 * 1024;
const emptyLines: LineCounts = new Map();

/** Where an effect is tried out. */
export interface Place {
  readonly oid: Oid;
  readonly tree: Oid;
}

/** Tries effects out. Questions of many branches asked at one time become one git process. */
export class Lab {
  private readonly merge: (pair: MergePair) => Promise<MergedTree | null>;
  private readonly counted = new Map<Oid, Promise<LineCounts | "binary" | "unread">>();
  private readonly lineChanges = new Map<string, Promise<LineChange | "binary" | "unread">>();
  private readonly mergedTexts = new Map<string, Promise<Oid | null>>();
  private readonly blobsConflict: (merge: BlobMerge) => Promise<boolean | null>;
  private readonly movesOf: (pair: { from: Oid; to: Oid }) => Promise<Moves>;
  private readonly diff: (pair: { from: Oid; to: Oid }) => Promise<PathChange[]>;

  constructor(
    private readonly scratch: Scratch,
    private readonly options: { readonly signal?: AbortSignal | undefined } = {},
    private readonly blobs: (oid: Oid) => Promise<Buffer | null> = batched(
      (oids, onBlob) => readBlobs(scratch, oids, largestText, { ...options, onBlob }),
      (oid) => oid,
    ),
    private readonly expected = new Map<string, Promise<Oid | null>>(),
  ) {
    this.merge = batched(
      (pairs) => mergeTrees(scratch, pairs, options),
      ({ ours, theirs }) => `${ours} ${theirs}`,
    );
    this.diff = batched(
      (pairs) => diffTrees(scratch, pairs, options),
      ({ from, to }) => `${from} ${to}`,
    );
    this.blobsConflict = batched(
      (merges) => mergeBlobs(scratch, merges, options.signal),
      ({ base, ours, theirs }) => `${base} ${ours} ${theirs}`,
    );
    this.movesOf = batched(
      async (pairs) =>
        (await diffTrees(scratch, pairs, { ...options, renames: true })).map(
          (entries) =>
            new Map(entries.flatMap(({ movedFrom, path }) => (movedFrom ? [[movedFrom, path]] : []))),
        ),
      ({ from, to }) => `${from} ${to}`,
    );
  }

  /** The same elsewhere, which has all objects that this one's place has: files that were read are not read again. */
  at(scratch: Scratch): Lab {
    return new Lab(scratch, this.options, this.blobs, this.expected);
  }

  /** Merges two real commits; null when git could not try it. */
  mergeCommits(ours: Oid, theirs: Oid): Promise<MergedTree | null> {
    return this.merge({ ours, theirs });
  }

  changes(from: Oid, to: Oid): Promise<PathChange[]> {
    return from === to ? Promise.resolve([]) : this.diff({ from, to });
  }

  /** Which files moved from one tree to the other, edited on the way or not. */
  moves(from: Oid, to: Oid): Promise<Moves> {
    return this.movesOf({ from, to });
  }

  private lines(oid: Oid): Promise<LineCounts | "binary" | "unread"> {
    const known = this.counted.get(oid);
    if (known) return known;
    const counting = this.blobs(oid).then((blob) =>
      blob === null ? "unread" : (countLines(blob) ?? "binary"),
    );
    this.counted.set(oid, counting);
    return counting;
  }

  private lineChange(from: Oid | null, to: Oid): Promise<LineChange | "binary" | "unread"> {
    const key = `${from} ${to}`;
    const known = this.lineChanges.get(key);
    if (known) return known;
    const asked = Promise.all([from ? this.lines(from) : emptyLines, this.lines(to)]).then(
      ([before, after]) =>
        typeof before === "string"
          ? before
          : typeof after === "string"
            ? after
            : changeOfLines(before, after),
    );
    this.lineChanges.set(key, asked);
    return asked;
  }

  /** A file's lines; null when it is binary, very large or not here. */
  async text(oid: Oid): Promise<readonly string[] | null> {
    const text = await this.whole(oid);
    if (text === null) return null;
    const lines = text.split("\n");
    return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
  }

  /** A file, one character a byte; null when it is binary, very large or not here. */
  async whole(oid: Oid): Promise<string | null> {
    const blob = await this.blobs(oid);
    return blob && !isBinary(blob) ? blob.toString("latin1") : null;
  }

  /** Whether git itself finds a conflict in two changes of a file; null where it could not try that. */
  conflictIn(merge: BlobMerge): Promise<boolean | null> {
    return this.blobsConflict(merge);
  }

  /** The id of what merging two changes of a file gives, told without git; null: only git can tell. */
  async mergedText(base: Oid, ours: Oid, theirs: Oid): Promise<Oid | null> {
    if (base === ours || ours === theirs) return theirs;
    if (base === theirs) return ours;
    const key = `${base} ${ours} ${theirs}`;
    const merging = this.mergedTexts.get(key) ?? this.mergeTexts(base, ours, theirs);
    this.mergedTexts.set(key, merging);
    return merging;
  }

  private async mergeTexts(base: Oid, ours: Oid, theirs: Oid): Promise<Oid | null> {
    const [before, mine, others] = await Promise.all([base, ours, theirs].map((oid) => this.whole(oid)));
    if (before == null || mine == null || others == null) return null;
    const merged = mergeFile(before, mine, others);
    return merged === null ? null : blobId(Buffer.from(merged, "latin1"), hashOf(base));
  }

  /** Tells beforehand what git makes of a file that two sides changed, `ours` being what one has; null where it does not. */
  expectMerged({ old, new: entry }: PathChange, ours: TreeEntry | null, made: Promise<Oid | null>): void {
    if (old && ours && entry) this.expected.set(`${old.oid} ${ours.oid} ${entry.oid}`, made);
  }

  /** Where two files differ; null when git sees one of them as binary. */
  hunks(from: Oid, to: Oid): Promise<Hunk[] | null> {
    return readHunks(this.scratch, from, to, this.options.signal);
  }

  /** What a place would become by the effect; null when git could not try it. */
  async apply(effect: Effect, place: Place): Promise<MergedTree | null> {
    if (effect.kind === "trees") {
      const base = await this.scratch.commit(effect.from, []);
      const [ours, theirs] = await Promise.all([
        this.scratch.commit(place.tree, [base]),
        this.scratch.commit(effect.to, [base]),
      ]);
      return this.merge({ ours, theirs });
    }
    const ours = effect.after ? await this.scratch.commit(place.tree, [place.oid, effect.after]) : place.oid;
    return this.merge({ ours, theirs: effect.tip });
  }

  /** Whether the target ever had the lines that a change takes away; true for one that does more than that. */
  async couldTake(
    change: PathChange,
    spans: readonly { readonly old: TreeEntry | null }[],
  ): Promise<boolean> {
    if (!change.old || !change.new || change.old.oid === change.new.oid) return true;
    const lines = await this.lineChange(change.old.oid, change.new.oid);
    if (typeof lines === "string" || lines.added.length > 0) return true;
    const held = await Promise.all(spans.map(({ old }) => (old ? this.lines(old.oid) : emptyLines)));
    return held.some((content) => typeof content === "string" || hasRemoved(lines, content));
  }

  /**
   * Whether what a path holds may have a change in it, told by modes and lines alone. False is sure; true is worth a
   * merge. `moves`: the change is one of several of which another removes a file.
   */
  async mayHold(change: PathChange, entry: TreeEntry | null, moves: boolean): Promise<boolean> {
    if (change.new === null || entry === null) return change.new === entry;
    if (change.old && change.old.mode !== change.new.mode && entry.mode !== change.new.mode) return false;
    if (entry.oid === change.new.oid || change.old?.oid === change.new.oid) return true;
    if (!entry.mode.startsWith("100")) return false;
    const made = await this.expected.get(`${change.old?.oid} ${entry.oid} ${change.new.oid}`);
    if (made && made !== entry.oid) return false;
    // A file that is new here and gone there may have moved, with edits of the target in it.
    if (change.old === null && moves) return true;
    const [lines, blob] = await Promise.all([
      this.lineChange(change.old?.oid ?? null, change.new.oid),
      this.blobs(entry.oid),
    ]);
    // Of most files that alone tells, without a count of their lines.
    if (blob && typeof lines !== "string" && !hasLongest(lines, blob)) return false;
    const content = await this.lines(entry.oid);
    if (lines === "binary" || content === "binary") return false;
    return lines === "unread" || content === "unread" || mayHold(lines, content);
  }
}
