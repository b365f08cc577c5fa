import type { WrittenEntry } from "../git/fastImport";
import type { PathChange } from "../git/rawChanges";
import { hashOf } from "../git/scratch";
import type { Lab } from "../landing/lab";
import { blobId, mergeFile } from "../landing/mergeText";
import type { Oid } from "../model/worktree";
import type { Desk } from "./desk";
import { type PathPick, pickPath } from "./pickPath";

interface Merged {
  readonly oid: Oid;
  readonly content: Buffer;
}

/** Merges texts, also such as no repo has yet; the same ones only once. */
export class Texts {
  private readonly made = new Map<Oid, string>();
  private readonly merges = new Map<string, Promise<Merged | null>>();

  constructor(private readonly lab: Lab) {}

  /** Reads together what picking the changes, in this order, will probably need. */
  expect(changes: readonly PathChange[], desk: Desk): void {
    const first = new Map<string, PathChange>();
    const oids = new Set<Oid>();
    for (const change of changes) {
      const before = first.get(change.path) ?? change;
      first.set(change.path, before);
      if (pickPath(desk, before).do !== "merge") continue;
      for (const entry of [desk.file(change.path), change.old, change.new]) if (entry) oids.add(entry.oid);
    }
    for (const oid of oids) void this.lab.whole(oid).catch(() => null);
  }

  /** The same for changes that will be picked: what git has to be asked about them is asked at one time. */
  begin(changes: readonly PathChange[], desk: Desk): void {
    this.expect(changes, desk);
    const paths = new Set<string>();
    for (const change of changes) {
      const pick = pickPath(desk, change);
      if (pick.do === "merge" && !paths.has(change.path)) void this.merge(pick).catch(() => null);
      paths.add(change.path);
    }
  }

  /** Null: only a merge of all files can tell. */
  async merge(pick: PathPick & { do: "merge" }): Promise<WrittenEntry | "conflict" | null> {
    const merged = await this.mergeByText(pick);
    const { base, ours, theirs } = pick;
    // Texts that no repo has yet cannot be asked about.
    if (merged || ours.content !== undefined || this.made.has(ours.oid)) return merged;
    const asked = { base: base.oid, ours: ours.oid, theirs: theirs.oid };
    return (await this.lab.conflictIn(asked)) === true ? "conflict" : null;
  }

  /** Null: git has to be asked. */
  async mergeByText({ base, ours, theirs }: PathPick & { do: "merge" }): Promise<WrittenEntry | null> {
    const mode = ours.mode === base.mode ? theirs.mode : ours.mode;
    if (base.oid === ours.oid || ours.oid === theirs.oid) return { oid: theirs.oid, mode };
    if (base.oid === theirs.oid) return { ...ours, mode };
    const key = `${base.oid} ${ours.oid} ${theirs.oid}`;
    const merging = this.merges.get(key) ?? this.mergeOf(base.oid, ours.oid, theirs.oid);
    this.merges.set(key, merging);
    const merged = await merging;
    return merged && { ...merged, mode };
  }

  private async mergeOf(base: Oid, ours: Oid, theirs: Oid): Promise<Merged | null> {
    const [before, mine, others] = await Promise.all([base, ours, theirs].map((oid) => this.read(oid)));
    if (before == null || mine == null || others == null) return null;
    const merged = mergeFile(before, mine, others);
    if (merged === null) return null;
    const content = Buffer.from(merged, "latin1");
    const oid = blobId(content, hashOf(base));
    this.made.set(oid, merged);
    return { oid, content };
  }

  private async read(oid: Oid): Promise<string | null> {
    return this.made.get(oid) ?? (await this.lab.whole(oid));
  }
}
