import { type Case, type Claim, named } from "../case";
import type { GoneFile, GoneLine } from "../gone";
import { telling, weight } from "../text";
import type { Undone, UndonePlace } from "../undone";
import { undoesOlder } from "./oldVersion";
import { broughtBack, enough, fewest, isAlone, isGone, isSetBack } from "./setBack";
import { isOftenTakenBack } from "./takenBack";

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
      const alone = found.length === 1 && isAlone(facts, landing);
      const meant = alone && ((part && back < 2) || isOftenTakenBack(landing));
      claims.push({
        code: "undone-landing",
        file,
        lines: lost,
        landings: [work.landing],
        confidence: small ? "unsure" : "likely",
        asked: meant,
        detail:
          back > 0
            ? `${count(lost.length)} that ${named(landing)} wrote ${lost.length === 1 ? "is" : "are"} gone, and ${back} that it had replaced ${back === 1 ? "is" : "are"} back.`
            : `${count(lost.length)} that ${named(landing)} wrote ${lost.length === 1 ? "is" : "are"} gone from a file whose older text is back.`,
      });
    }
  }
  return claims;
}

function count(lines: number): string {
  return lines === 1 ? "1 line" : `${lines} lines`;
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

/** The place is again just what it was: all that the landing wrote is gone, all that it replaced is back, nothing else. */
function isExact(file: GoneFile, { lost, back, stood, replaced }: UndonePlace): boolean {
  if (back.length === 0 || back.length < replaced || lost.length < stood) return false;
  const hunks = new Set(lost.map((line) => line.hunk));
  const comes = [...hunks].flatMap((hunk) => file.fresh.get(hunk) ?? []);
  return comes.filter((text) => weight(text) >= telling).length <= back.length;
}
