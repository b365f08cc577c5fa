import { ourEmail } from "../../git/commitTree";
import { type Case, type Claim, named, openLines } from "../case";
import { telling } from "../text";
import { isDropped } from "./neverSeen";

/**
 * Work that landed after the branch left, and that replaying the branch's commits one by one deletes all the same, for
 * example when the branch had carried it and dropped it. A merge would keep it: there only one side may take lines away.
 */
export function replayed(facts: Case): Claim[] {
  if (facts.method !== "rebase") return [];
  const claims: Claim[] = [];
  for (const [file, works] of facts.work)
    for (const work of works) {
      const landing = facts.landings.get(work.landing);
      if (!landing || landing.inHead || !isDropped(work)) continue;
      const lines = work.wholeFile ? openLines(file) : work.lost;
      if (lines.every((line) => line.weight < telling) || evolves(facts, file.patch.oldPath)) continue;
      claims.push({
        code: "replayed-deletion",
        file,
        lines,
        landings: [work.landing],
        confidence: "certain",
        detail: `Replaying the branch's commits one by one deletes what ${named(landing)} landed; a merge or a squash would keep it.`,
      });
    }
  return claims;
}

/** One author's own earlier commit landed, and the later ones build on it: that is how a branch grows. */
function evolves(facts: Case, path: string): boolean {
  if (facts.notInBranch.has(path)) return false;
  const authors = facts.own
    .filter((commit) => commit.touched.some((touched) => touched.path === path))
    .map((commit) => commit.email)
    .filter((email) => email !== ourEmail);
  return new Set(authors).size <= 1;
}
