import type { KnownLanding } from "../case";

/** Older landings are nobody's fresh work any more: to change or delete it is everyday business. */
export const recent = 20;

/**
 * Whether a landing that is undone by itself may well be taken back on purpose, without a word: it is old, and an old copy
 * would undo newer ones too; or it was a revert, and what that took out comes again, as work does when its fault is found.
 */
export function isOftenTakenBack({ age, subject }: KnownLanding): boolean {
  return age >= recent || isRevert(subject);
}

export function isRevert(subject: string): boolean {
  return /^Revert "(?!Revert ")/.test(subject) || /^revert(?:\([^)]*\))?:/.test(subject);
}
