import type { Oid } from "../model/worktree";
import type { GoneFile, GoneLine } from "./gone";
import { Bag, squeeze, telling, weight } from "./text";
import type { Step } from "./trace";

/** What a branch does to one landing's work in one file. Counts are of telling lines. */
export interface Undone {
  readonly landing: Oid;
  readonly file: GoneFile;
  readonly step: Step;
  /** Lines of the landing that the target still has. */
  readonly stood: number;
  /** Those of them that are really removed. */
  readonly lost: readonly GoneLine[];
  /** Lines that the landing took out of the file. */
  readonly replaced: number;
  /** Those of them that the branch brings back. */
  readonly back: number;
  /** The landing made this file, and the branch deletes it. */
  readonly wholeFile: boolean;
}

/** Sets what goes in one file against the landings that made it, newest first. */
export function undone(file: GoneFile, steps: readonly Step[]): Undone[] {
  const gone = new Map(file.lines.map((line) => [line.line, line]));
  const added = new Bag();
  for (const hunk of file.patch.hunks) for (const text of hunk.added) added.add(squeeze(text));
  return steps.map((step) => {
    let stood = 0;
    const lost: GoneLine[] = [];
    // What a landing only laid out otherwise or moved within the file is not its work.
    const older = new Bag();
    for (const hunk of step.patch.hunks) for (const text of hunk.removed) older.add(squeeze(text));
    for (const [line, text] of step.stands) {
      if (weight(text) < telling || older.take(squeeze(text))) continue;
      const going = gone.get(line);
      // A line that stands elsewhere after the merge tells nothing about whether its landing is undone.
      if (going && going.fate !== "open") continue;
      stood++;
      if (going) lost.push(going);
    }
    const replaced = trulyRemoved(step);
    const back = replaced.filter((text) => added.take(text)).length;
    const wholeFile = step.patch.status === "added" && file.patch.status === "deleted";
    return { landing: step.landing, file, step, stood, lost, replaced: replaced.length, back, wholeFile };
  });
}

/** What a landing took out of a file and did not put in again elsewhere in it. */
function trulyRemoved(step: Step): string[] {
  const kept = new Bag();
  for (const hunk of step.patch.hunks) for (const text of hunk.added) kept.add(squeeze(text));
  return step.patch.hunks
    .flatMap((hunk) => hunk.removed)
    .filter((text) => weight(text) >= telling)
    .map(squeeze)
    .filter((text) => !kept.take(text));
}
