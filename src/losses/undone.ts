import type { Hunk } from "../git/patch";
import type { Oid } from "../model/worktree";
import type { GoneFile, GoneLine } from "./gone";
import { Bag, squeeze, telling, tokens, weight } from "./text";
import type { Place, Step } from "./trace";

/** What a branch does to a landing's work at one place. Lists and counts are of telling lines. */
export interface UndonePlace {
  readonly hunk: Hunk;
  /** Lines of the landing that the target still has. */
  readonly stood: number;
  /** Those of them that are really removed. */
  readonly lost: readonly GoneLine[];
  /** How many lines the landing had taken out here. */
  readonly replaced: number;
  /** Those of them that the branch brings back, here or close by. */
  readonly back: readonly string[];
}

/** The same for all of one landing's work in one file. */
export interface Undone {
  readonly landing: Oid;
  readonly file: GoneFile;
  readonly step: Step;
  readonly places: readonly UndonePlace[];
  readonly stood: number;
  readonly lost: readonly GoneLine[];
  readonly replaced: number;
  readonly back: number;
  /** The landing made this file, and the branch deletes it. */
  readonly wholeFile: boolean;
}

/** Lines that come back as far away as this from where they were are still at their place: more may have come with them. */
const near = 10;
/** A line that says as much as this is known again wherever it comes back. */
const unmistakable = 30;

/** Sets what goes in one file against the landings that made it, newest first. */
export function undone(file: GoneFile, steps: readonly Step[]): Undone[] {
  const gone = new Map(file.lines.map((line) => [line.line, line]));
  const coming = new Coming(file);
  return steps.map((step) => {
    // What a landing only laid out otherwise or moved within the file is not its work.
    const [older, newer] = [new Bag(), new Bag()];
    for (const { removed, added } of step.patch.hunks) {
      for (const text of removed) older.add(squeeze(text));
      for (const text of added) newer.add(squeeze(text));
    }
    const places = step.places.map((place) => {
      let stood = 0;
      const lost: GoneLine[] = [];
      for (const [line, text] of place.stands) {
        if (weight(text) < telling || older.take(squeeze(text))) continue;
        const going = gone.get(line);
        // A line that stands elsewhere after the merge tells nothing about whether its landing is undone.
        if (going && going.fate !== "open") continue;
        stood++;
        if (going) lost.push(going);
      }
      const replaced = place.hunk.removed.filter(
        (text) => weight(text) >= telling && !newer.take(squeeze(text)),
      );
      const reach = reachOf(place);
      const back = replaced.filter((text) => coming.take(text, reach));
      const undone = livesOn(file, place.hunk, lost, back) ? [] : lost;
      return { hunk: place.hunk, stood, lost: undone, replaced: replaced.length, back };
    });
    const sum = (count: (place: UndonePlace) => number) =>
      places.reduce((all, place) => all + count(place), 0);
    return {
      landing: step.landing,
      file,
      step,
      places,
      stood: sum(({ stood }) => stood),
      lost: places.flatMap(({ lost }) => lost),
      replaced: sum(({ replaced }) => replaced),
      back: sum(({ back }) => back.length),
      wholeFile: step.patch.status === "added" && file.patch.status === "deleted",
    };
  });
}

/**
 * Whether all words that a landing brought in at a place stand in one new line there, and but one old line is back: somebody
 * who took them along wrote that, as where a case is split off from a list (`A | B | C` → `A | C`, and `B` by itself).
 */
function livesOn(file: GoneFile, hunk: Hunk, lost: readonly GoneLine[], back: readonly string[]): boolean {
  if (lost.length === 0 || back.length !== 1) return false;
  const older = Bag.of(hunk.removed.flatMap(tokens));
  const brought = hunk.added.flatMap(tokens).filter((word) => !older.take(word));
  const old = squeeze(back[0] ?? "");
  const fresh = [...new Set(lost.map((line) => line.hunk))].flatMap((at) => file.fresh.get(at) ?? []);
  return brought.length > 0 && fresh.some((text) => squeeze(text) !== old && hasAll(text, brought));
}

function hasAll(text: string, words: readonly string[]): boolean {
  const there = Bag.of(tokens(text));
  return words.every((word) => there.take(word));
}

/** The lines that come with the branch, each to be taken for one old line. */
class Coming {
  private readonly hunks = new Map<string, Hunk[]>();

  constructor(file: GoneFile) {
    for (const [hunk, texts] of file.fresh)
      for (const text of texts) {
        const key = squeeze(text);
        this.hunks.set(key, [...(this.hunks.get(key) ?? []), hunk]);
      }
  }

  take(text: string, [top, bottom]: readonly [number, number]): boolean {
    const hunks = this.hunks.get(squeeze(text)) ?? [];
    const at = hunks.findIndex(
      ({ oldStart, removed }) =>
        weight(text) >= unmistakable || (oldStart <= bottom && oldStart + removed.length >= top),
    );
    if (at === -1) return false;
    hunks.splice(at, 1);
    return true;
  }
}

/** The target's lines that count as the same place. */
function reachOf({ at, stands }: Place): [number, number] {
  let [top, bottom] = [at, at];
  for (const line of stands.keys()) [top, bottom] = [Math.min(top, line), Math.max(bottom, line)];
  return [top - near, bottom + near];
}
