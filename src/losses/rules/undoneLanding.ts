import type { Oid } from "../../model/worktree";
import { type Case, type Claim, named } from "../case";
import type { GoneFile, GoneLine } from "../gone";
import { telling, weight } from "../text";
import type { Undone, UndonePlace } from "../undone";
import { undoesOlder } from "./oldVersion";
import { isOftenTakenBack } from "./takenBack";

/** A landing counts as gone from a file when this much of what stood of it is lost. */
const nearlyAll = 0.8;
/** And as set back when this much of what it had replaced is there again. */
const enough = 1 / 3;
/** Fewer lines than this may be a switch that somebody flips. */
const fewest = 3;

/**
 * What a landing wrote is gone and what it had replaced is back, with other edits on top: the file, or a place in it, was
 * written from an old copy. All newer landings on the file that are as gone share that fate.
 */
export function undoneLanding(facts: Case): Claim[] {
  const claims: Claim[] = [];
  for (const [file, works] of facts.work) {
    const seen = works.filter((work) => facts.landings.get(work.landing)?.inHead);
    const heals = (work: Undone) => undoesOlder(works, works.indexOf(work), work.step.patch.newOid);
    const oldest = seen.findLastIndex((work) => isSetBack(work) && !heals(work));
    const whole = oldest === -1 ? [] : seen.slice(0, oldest + 1).filter((work) => isGone(work));
    const parts = seen
      .filter((work) => !whole.includes(work) && !heals(work))
      .flatMap((work) => setBackPlaces(file, work));
    for (const work of seen) {
      const back = heals(work) ? 0 : broughtBack(work);
      const landing = facts.landings.get(work.landing);
      if (back === 0 || !landing || whole.includes(work)) continue;
      claims.push({
        code: "undone-landing",
        file,
        lines: [],
        landings: [work.landing],
        confidence: "unsure",
        detail: `${back} lines that ${named(landing)} had taken out are back.`,
      });
    }
    const found = [...whole.map((work) => ({ work, lost: work.lost, back: work.back })), ...parts];
    for (const { work, lost, back } of found) {
      const landing = facts.landings.get(work.landing);
      if (!landing || lost.length === 0) continue;
      const small = lost.length < fewest && lost.length + back < 2 * fewest;
      // Where most of it stands, one old line may be there again by itself.
      const part = parts.some((one) => one.work === work) && lost.length * 2 <= work.stood;
      const alone = found.length === 1 && isAlone(facts, landing.oid);
      const meant = alone && ((part && back < 2) || isOftenTakenBack(landing));
      claims.push({
        code: "undone-landing",
        file,
        lines: lost,
        landings: [work.landing],
        confidence: small || meant ? "unsure" : "likely",
        detail:
          back > 0
            ? `${count(lost.length)} that ${named(landing)} wrote ${lost.length === 1 ? "is" : "are"} gone, and ${back} that it had replaced ${back === 1 ? "is" : "are"} back.`
            : `${count(lost.length)} that ${named(landing)} wrote ${lost.length === 1 ? "is" : "are"} gone from a file whose older text is back.`,
      });
    }
  }
  return claims;
}

/** Whether the branch sets back no other landing, in whatever file. */
export function isAlone(facts: Case, oid: Oid): boolean {
  return [...facts.work.values()].every((works) =>
    works.every(
      (work) =>
        work.landing === oid ||
        !facts.landings.get(work.landing)?.inHead ||
        !(isSetBack(work) || broughtBack(work) > 0),
    ),
  );
}

function count(lines: number): string {
  return lines === 1 ? "1 line" : `${lines} lines`;
}

function isGone(work: { readonly stood: number; readonly lost: readonly GoneLine[] }): boolean {
  return work.stood > 0 && work.lost.length >= nearlyAll * work.stood;
}

function isSetBack(work: Undone): boolean {
  return isGone(work) && work.back > 0 && work.back >= enough * work.replaced;
}

/** The places of a landing that are set back on their own, where the rest of it stands. */
function setBackPlaces(
  file: GoneFile,
  work: Undone,
): { work: Undone; lost: readonly GoneLine[]; back: number }[] {
  const places = work.places.filter((place) => {
    if (!isGone(place) || place.back.length < enough * place.replaced) return false;
    return place.back.length >= 2 || isExact(file, place);
  });
  if (places.length === 0) return [];
  const lost = places.flatMap((place) => place.lost);
  return [{ work, lost, back: places.reduce((sum, place) => sum + place.back.length, 0) }];
}

/** How many lines come back at places where a landing did nothing but take lines out. */
function broughtBack({ places }: Undone): number {
  return places
    .filter(
      ({ stood, replaced, back }) => stood === 0 && replaced >= fewest && back.length >= nearlyAll * replaced,
    )
    .reduce((sum, { back }) => sum + back.length, 0);
}

/** The place is again just what it was: all that the landing wrote is gone, all that it replaced is back, nothing else. */
function isExact(file: GoneFile, { lost, back, stood, replaced }: UndonePlace): boolean {
  if (back.length === 0 || back.length < replaced || lost.length < stood) return false;
  const hunks = new Set(lost.map((line) => line.hunk));
  const comes = [...hunks].flatMap((hunk) => file.fresh.get(hunk) ?? []);
  return comes.filter((text) => weight(text) >= telling).length <= back.length;
}
