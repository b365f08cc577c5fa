import type { LandedChange, Landing } from "../git/landings";
import type { OwnCommit } from "../git/ownCommits";
import type { FilePatch } from "../git/patch";
import type { EvidenceCode, Method } from "../model/check";
import type { Oid } from "../model/worktree";
import type { GoneFile, GoneLine } from "./gone";
import type { Undone } from "./undone";

/** A landing that the branch might undo, with what it did to the files that matter. */
export interface KnownLanding extends LandedChange {
  /** Who wrote what landed: of a merge, not who pressed the button. */
  readonly writer: string;
  /** How many landings the target's history had after it where the branch left (0: the newest). */
  readonly age: number;
  /** And how many days before the newest of those it came, as far as clocks are right. */
  readonly days: number;
  /** Whether the branch's history holds it. */
  readonly inHead: boolean;
  /** The same of the landing's own commit: of a merge the branch may have just what that brought in. */
  readonly itself: boolean;
  /** How many paths it touched in all, without those that a program writes. */
  readonly size: number;
}

/** A merge on the branch that brought the target in, with the paths' texts on all sides (null: no such file). */
export interface SyncMerge {
  readonly oid: Oid;
  /** Whether the target's side is the merge's first. */
  readonly intoTarget: boolean;
  readonly sides: ReadonlyMap<
    string,
    {
      readonly result: string[] | null;
      readonly ours: string[] | null;
      readonly theirs: string[] | null;
      readonly base: string[] | null;
    }
  >;
}

/** Everything that the rules look at, read beforehand. */
export interface Case {
  readonly method: Method;
  readonly files: readonly GoneFile[];
  /** Files that were too many to be followed back, and the landings in the branch that touched them, newest first. */
  readonly unfollowed: ReadonlyMap<GoneFile, readonly Oid[]>;
  /** What the branch does to each landing's work, per file and newest landing first. */
  readonly work: ReadonlyMap<GoneFile, readonly Undone[]>;
  readonly landings: ReadonlyMap<Oid, KnownLanding>;
  readonly own: readonly OwnCommit[];
  readonly syncs: readonly SyncMerge[];
  /** Landings that came after the branch's recorded base; null when no base was recorded. */
  readonly unseen: ReadonlySet<Oid> | null;
  /** Those of them that a reset may have brought along. */
  readonly perhapsSeen: ReadonlySet<Oid>;
  /** For a path: the texts that any commit of the branch has had in it. */
  readonly seenTexts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Paths that the branch's own net change (from the merge base) does not have on either side. */
  readonly notInBranch: ReadonlySet<string>;
}

/** One rule's opinion on some lines of a file. */
export interface Claim {
  readonly code: EvidenceCode;
  readonly file: GoneFile;
  readonly lines: readonly GoneLine[];
  /** Newest first; empty where the landing is not known. */
  readonly landings: readonly Oid[];
  readonly confidence: "certain" | "likely" | "unsure";
  /** As likely as it is, people do it on purpose too: it is asked about, and only a declaration answers that. */
  readonly asked?: boolean;
  readonly detail: string;
  readonly removedBy?: { readonly oid: Oid; readonly subject: string };
}

/** `#12`, or the short id where no pull request is known. */
export function named(landing: Landing): string {
  const pr = pullRequest(landing.subject);
  return pr === null ? landing.oid.slice(0, 9) : `#${pr}`;
}

/** `feat: CSV export (#12)`, `Merge pull request #12 from …`; as some write it, without the `#`. */
export function pullRequest(subject: string): number | null {
  const found = /\(#(\d+)\)\s*$/.exec(subject) ?? /^Merge pull request #?(\d+) /.exec(subject);
  return found ? Number(found[1]) : null;
}

export function openLines(file: GoneFile): GoneLine[] {
  return file.lines.filter((line) => line.fate === "open");
}

export function isGitlink(patch: FilePatch): boolean {
  return patch.oldMode === "160000" && patch.newMode === "160000";
}
