import type { KnownLanding } from "../case";

/** Older landings are nobody's fresh work any more: to change or delete it is everyday business. */
export const recent = 20;

/** Where little lands, so many days and landings after it do as well. */
const longAgo = { days: 7, landings: 5 };

/** Whether an old copy of that age would have been out of use for long, and undo newer landings too. */
export function isOld({ age, days }: KnownLanding): boolean {
  return age >= recent || (days >= longAgo.days && age >= longAgo.landings);
}

/**
 * Whether a landing that is undone by itself may well be taken back on purpose, without a word: it is old, and an old copy
 * would undo newer ones too; or it was a revert, and what that took out comes again, as work does when its fault is found.
 */
export function isOftenTakenBack(landing: KnownLanding): boolean {
  return isOld(landing) || isRevert(landing.subject);
}

export function isRevert(subject: string): boolean {
  return /^Revert "(?!Revert ")/.test(subject) || /^revert(?:\([^)]*\))?:/.test(subject);
}
