import type { Hunk } from "../../git/patch";
import { type Case, type Claim, named } from "../case";
import type { GoneLine } from "../gone";
import { Bag, squeeze, telling, weight } from "../text";
import type { Undone } from "../undone";
import { undoesOlder } from "./oldVersion";

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
    const oldest = seen.findLastIndex(
      (work) => isSetBack(work) && !undoesOlder(works, works.indexOf(work), work.step.patch.newOid),
    );
    const whole = oldest === -1 ? [] : seen.slice(0, oldest + 1).filter((work) => isGone(work));
    const parts = seen.filter((work) => !whole.includes(work)).flatMap((work) => setBackHunks(work));
    for (const { work, lost, back } of [
      ...whole.map((work) => ({ work, lost: work.lost, back: work.back })),
      ...parts,
    ]) {
      const landing = facts.landings.get(work.landing);
      if (!landing || lost.length === 0) continue;
      const small = lost.length < fewest && lost.length + back < 2 * fewest;
      claims.push({
        code: "undone-landing",
        file,
        lines: lost,
        landings: [work.landing],
        confidence: small ? "unsure" : "likely",
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

function isGone(work: Undone): boolean {
  return work.stood > 0 && work.lost.length >= nearlyAll * work.stood;
}

function isSetBack(work: Undone): boolean {
  return isGone(work) && work.back > 0 && work.back >= enough * work.replaced;
}

/** The places of a landing that are set back on their own, where the rest of it stands. */
function setBackHunks(work: Undone): { work: Undone; lost: GoneLine[]; back: number }[] {
  const comes = new Bag();
  for (const hunk of work.file.patch.hunks) for (const text of hunk.added) comes.add(squeeze(text));
  const lostAt = new Map(work.lost.map((line) => [line.line, line]));
  const lost: GoneLine[] = [];
  let back = 0;
  for (const hunk of work.step.patch.hunks) {
    const mine = standing(work, hunk);
    const gone = mine.flatMap((line) => lostAt.get(line) ?? []);
    const kept = Bag.of(hunk.added.map(squeeze));
    const replaced = hunk.removed.filter((text) => weight(text) >= telling && !kept.take(squeeze(text)));
    const returned = replaced.filter((text) => comes.take(squeeze(text)));
    if (gone.length === 0 || gone.length < nearlyAll * mine.length) continue;
    if (returned.length < 2 || returned.length < enough * replaced.length) continue;
    lost.push(...gone);
    back += returned.length;
  }
  return lost.length > 0 ? [{ work, lost, back }] : [];
}

/** The target's lines that one hunk of a landing brought, as far as they stand and tell something. */
function standing(work: Undone, hunk: Hunk): number[] {
  const brought = Bag.of(hunk.added);
  const lines: number[] = [];
  for (const [line, text] of work.step.stands)
    if (weight(text) >= telling && brought.take(text)) lines.push(line);
  return lines;
}
