import type { Finding } from "../model/finding";
import type { Anchor } from "../model/verdict";

/** A finding and the code it stands on now. */
export interface Placed extends Pick<Finding, "category" | "side" | "title" | "failureScenario"> {
  readonly anchor: Anchor;
}

// Measured on the pairs of test/review/same.test.ts: two reviewers who mean the same defect share half of the words of
// the shorter one, two defects in the same lines a fifth.
const sameWords = 0.4;

/**
 * Whether two findings with different fingerprints mean the same defect: one reviewer quotes one line and the next one
 * the block around it, or calls the same thing a bug and then a security hole.
 *
 * The code must be the same: their quotes, both unchanged in this head, overlap. Beyond that either the category is the
 * same and at least half of the longer quote is shared, or the words are alike. Where neither holds it is another
 * defect, and a person is asked again.
 */
export function meansTheSame(one: Placed, other: Placed): boolean {
  if (one.anchor.path !== other.anchor.path || one.side !== other.side) return false;
  const from = Math.max(one.anchor.startLine, other.anchor.startLine);
  const to = Math.min(one.anchor.endLine, other.anchor.endLine);
  const shared = to - from + 1;
  if (shared <= 0) return false;
  const mostlyShared = shared / Math.max(length(one.anchor), length(other.anchor)) >= 0.5;
  if (mostlyShared && one.category === other.category) return true;
  return likeness(wording(one), wording(other)) >= sameWords;
}

function length({ startLine, endLine }: Anchor): number {
  return endLine - startLine + 1;
}

export function wording({ title, failureScenario }: Pick<Finding, "title" | "failureScenario">): string {
  return `${title} ${failureScenario}`;
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
