import type { FilePatch, Hunk } from "../git/patch";
import { telling, weight } from "./text";

/** What became of a line that the target has and the merge result has not, at that place. */
export type Fate =
  /** Nothing explains it yet. */
  | "open"
  /** The same text stands in the same file, laid out otherwise. */
  | "reformatted"
  /** The same text stands in another file. */
  | "moved"
  /** The file is made by a program. */
  | "generated"
  /** Too short to tell (a brace, a blank line), and among lines that are explained. */
  | "slight";

export interface GoneLine {
  /** 1-based, in the target's file. */
  readonly line: number;
  readonly text: string;
  readonly weight: number;
  readonly hunk: Hunk;
  fate: Fate;
}

/** One file of the difference target → merge result, with all lines that go. */
export interface GoneFile {
  readonly patch: FilePatch;
  readonly lines: readonly GoneLine[];
  /** The lines that really come, by their place: neither laid out otherwise nor moved here. */
  readonly fresh: ReadonlyMap<Hunk, readonly string[]>;
}

/** Whether nothing that tells anything stands where a line stood. */
export function isPlain({ fresh }: GoneFile, { hunk }: GoneLine): boolean {
  return !fresh.get(hunk)?.some((text) => weight(text) >= telling);
}
