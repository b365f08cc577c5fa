import type { Oid } from "../../model/worktree";
import type { Case } from "../case";
import { saysItGoesBack } from "./message";
import { isAlone } from "./undoneLanding";

/**
 * Whether a commit on the file says that it goes back to how things were ("switch back to …", "re-enable …"), where one
 * landing alone is undone, which the branch has seen. No old copy speaks of that, but the words may be about something else:
 * it turns a likely loss into a question.
 */
export function goesBack(facts: Case, path: string, landings: readonly Oid[]): boolean {
  const [only, ...more] = landings;
  if (only === undefined || more.length > 0 || facts.unseen?.has(only) || !isAlone(facts, only)) return false;
  return facts.own.some(
    (commit) => commit.touched.some((one) => one.path === path) && saysItGoesBack(commit) !== null,
  );
}
