import type { Case, KnownLanding } from "../case";
import type { GoneLine } from "../gone";
import type { Undone } from "../undone";
import { isDropped } from "./neverSeen";

/** A landing counts as gone from a file when this much of what stood of it is lost. */
const nearlyAll = 0.8;
/** And as set back when this much of what it had replaced is there again. */
export const enough = 1 / 3;
/** Fewer lines than this may be a switch that somebody flips. */
export const fewest = 3;

export function isGone(work: { readonly stood: number; readonly lost: readonly GoneLine[] }): boolean {
  return work.stood > 0 && work.lost.length >= nearlyAll * work.stood;
}

/** Whether the landing is gone and what it had replaced is there again. */
export function isSetBack(work: Undone): boolean {
  return isGone(work) && work.back > 0 && work.back >= enough * work.replaced;
}

/** How many lines come back at places where a landing did nothing but take lines out. */
export function broughtBack({ places }: Undone): number {
  return places
    .filter(
      ({ stood, replaced, back }) => stood === 0 && replaced >= fewest && back.length >= nearlyAll * replaced,
    )
    .reduce((sum, { back }) => sum + back.length, 0);
}

/**
 * Whether the branch sets back no other landing, in whatever file, nor drops what a newer one has brought: an old tree would
 * do either.
 */
export function isAlone(facts: Case, { oid, age }: KnownLanding): boolean {
  const works = [...facts.work.values()].flat();
  return works.every((work) => {
    const other = facts.landings.get(work.landing);
    if (!other?.inHead || other.oid === oid) return true;
    return !(isSetBack(work) || broughtBack(work) > 0 || (other.age < age && isDropped(work)));
  });
}
