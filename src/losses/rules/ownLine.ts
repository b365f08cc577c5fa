import type { Case, KnownLanding } from "../case";

/** One alone may be somebody's branch that this one stands on. */
const several = 2;

/**
 * Whether the branch is a line that is merged into the target again and again, as release branches are, and went on with the
 * file after the landings had brought it there: what it takes back it had given itself.
 */
export function ownLine(
  { own, landings: all }: Case,
  path: string,
  landings: readonly KnownLanding[],
): boolean {
  const isGiven = ({ inHead, itself }: KnownLanding) => inHead && !itself;
  if (landings.length === 0 || !landings.every(isGiven)) return false;
  if ([...all.values()].filter(isGiven).length < several) return false;
  const landed = Math.max(...landings.map(({ committedAt }) => Date.parse(committedAt)));
  const touching = own.filter(({ touched }) => touched.some((one) => one.path === path));
  return touching.length > 0 && touching.every(({ authoredAt }) => Date.parse(authoredAt) > landed);
}
