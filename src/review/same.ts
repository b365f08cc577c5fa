import type { Finding } from "../model/finding";
import type { Anchor } from "../model/verdict";
import { concernsOf } from "./concern";

/** A finding and the code it stands on now. */
export interface Placed extends Pick<Finding, "category" | "side" | "title" | "failureScenario"> {
  readonly anchor: Anchor;
}

// Measured on the pairs of test/review/same.test.ts and memory.ts: two reviewers who mean the same defect share half of the words of
// the shorter one, two defects in the same lines a fifth.
const sameWords = 0.4;

/**
 * Whether two findings with different fingerprints mean the same defect: one reviewer quotes one line and the next one
 * the block around it, or calls the same thing a bug and then a security hole.
 *
 * The code must be the same: their quotes, both unchanged in this head, overlap. Beyond that either the category is the
 * same, at least half of the longer quote is shared, and their words do not speak of different kinds of defect; or the
 * words are alike, of which fewer do where both speak of the same kind in the same category. Where neither holds it is another defect, and a person is asked again.
 */
export function meansTheSame(one: Placed, other: Placed): boolean {
  if (one.anchor.path !== other.anchor.path || one.side !== other.side) return false;
  const from = Math.max(one.anchor.startLine, other.anchor.startLine);
  const to = Math.min(one.anchor.endLine, other.anchor.endLine);
  const shared = to - from + 1;
  if (shared <= 0) return false;
  const mostlyShared = shared / Math.max(length(one.anchor), length(other.anchor)) >= 0.5;
  const [a, b] = [wording(one), wording(other)];
  if (mostlyShared && one.category === other.category) return !speaksOfAnother(a, b);
  const sameKind = one.category === other.category && shareConcern(a, b);
  return likeness(a, b) >= (sameKind ? sameWords / 2 : sameWords);
}

function length({ startLine, endLine }: Anchor): number {
  return endLine - startLine + 1;
}

export function wording({ title, failureScenario }: Pick<Finding, "title" | "failureScenario">): string {
  return `${title} ${failureScenario}`;
}

// Below this the few words that are shared are those that any two sentences about the same code share.
const strangeWords = 0.3;

/**
 * Whether two texts about the same code speak of different defects: the kinds that each names are known, and they have
 * none in common, nor many words. What names no kind is taken for the same, as rewordings often share no word at all.
 */
export function speaksOfAnother(one: string, other: string): boolean {
  const bothKnown = concernsOf(one).size > 0 && concernsOf(other).size > 0;
  return bothKnown && !shareConcern(one, other) && likeness(one, other) < strangeWords;
}

function shareConcern(one: string, other: string): boolean {
  const concerns = concernsOf(other);
  return [...concernsOf(one)].some((concern) => concerns.has(concern));
}

const silent = new Set(
  "the a an and or of to in on at by for from with without is are was be been it its this that these those as if when then than so not no can may will would could should has have had do does which while into there their his her you we they i".split(
    " ",
  ),
);

/** 0 to 1: how much of what the shorter text says the other one says too. */
export function likeness(one: string, other: string): number {
  const a = stems(one);
  const b = stems(other);
  const smaller = Math.min(a.size, b.size);
  if (smaller === 0) return 0;
  let shared = 0;
  for (const stem of a) if (b.has(stem)) shared++;
  // Two texts of one word each prove nothing.
  return shared / Math.max(smaller, 3);
}

function stems(text: string): Set<string> {
  const words =
    text
      .slice(0, 4_000)
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !silent.has(word));
  return new Set(telling.map((word) => word.replace(/(?<=\p{L}{3})(?:ing|ed|es|s|ly)$/u, "").slice(0, 6)));
}
