import { type Case, type Claim, named } from "../case";
import { isPlain } from "../gone";
import { squeeze } from "../text";
import type { Undone } from "../undone";

/**
 * The branch was recorded to start before this landed, none of its commits has ever had the lines, and all of the
 * landing's work in the file is gone: whoever wrote the branch never saw it.
 */
export function neverSeen(facts: Case): Claim[] {
  if (!facts.unseen) return [];
  const claims: Claim[] = [];
  for (const [file, works] of facts.work)
    for (const work of works) {
      const landing = facts.landings.get(work.landing);
      if (!landing?.inHead || !facts.unseen.has(work.landing) || !isDropped(work)) continue;
      const seen = facts.seenTexts.get(file.patch.oldPath);
      if (work.lost.some((line) => seen?.has(squeeze(line.text)))) continue;
      const perhaps = facts.perhapsSeen.has(work.landing);
      const started = `The branch started before ${named(landing)} landed, and no commit of it has ever had this`;
      claims.push({
        code: "never-seen",
        file,
        lines: work.lost,
        landings: [work.landing],
        confidence: perhaps ? "unsure" : "certain",
        detail: perhaps ? `${started}; whether its files came along in a reset is not known.` : `${started}.`,
      });
    }
  return claims;
}

/** Gone without a successor in its place, or with what it had replaced in its place. */
export function isDropped(work: Undone): boolean {
  if (work.wholeFile) return true;
  if (work.stood === 0 || work.lost.length < 0.8 * work.stood) return false;
  return countPlain(work) >= 0.8 * work.stood || (work.back > 0 && work.back >= 0.5 * work.replaced);
}

/** How many of the lost lines have no successor in their place. */
export function countPlain({ file, lost }: Undone): number {
  return lost.filter((line) => isPlain(file, line)).length;
}
