import type { Case, KnownLanding } from "../case";
import { saysItGoesBack } from "./message";
import { isAlone } from "./setBack";

/**
 * Whether a commit says that it goes back to how things were ("switch back to …", "re-enable …") and does nothing but set
 * back what this one landing did. No old copy speaks of that, but the words may be about something else: it turns a likely
 * loss into a question.
 */
export function goesBack(facts: Case, path: string, landings: readonly KnownLanding[]): boolean {
  const [only, ...more] = landings;
  if (!only || more.length > 0 || facts.unseen?.has(only.oid) || !isAlone(facts, only)) return false;
  const its = new Set(only.patches.flatMap(({ oldPath, newPath }) => [oldPath, newPath]));
  return facts.own.some(
    (commit) =>
      commit.touched.some((one) => one.path === path) &&
      commit.touched.every((one) => its.has(one.path)) &&
      saysItGoesBack(commit),
  );
}
