import type { Case, KnownLanding } from "../case";

/** Fewer, or within fewer days, may be branches that stand on each other. */
const longLived = { landings: 3, days: 7 };

/**
 * Whether the branch is a line that is merged into the target again and again, as release branches are, and went on with the
 * file after the one landing that is undone had brought it there: what it takes back came by itself.
 */
export function ownLine(
  { own, landings: all }: Case,
  path: string,
  landings: readonly KnownLanding[],
): boolean {
  const isGiven = ({ inHead, itself }: KnownLanding) => inHead && !itself;
  const [only, ...more] = landings;
  if (!only || more.length > 0 || !isGiven(only)) return false;
  const given = [...all.values()].filter(isGiven).map(({ days }) => days);
  if (given.length < longLived.landings || Math.max(...given) - Math.min(...given) < longLived.days)
    return false;
  const touching = own.filter(({ touched }) => touched.some((one) => one.path === path));
  const landed = Date.parse(only.committedAt);
  return touching.length > 0 && touching.every(({ authoredAt }) => Date.parse(authoredAt) > landed);
}
