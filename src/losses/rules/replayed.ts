import { type Case, type Claim, named, openLines } from "../case";
import { telling } from "../text";

/**
 * Work that landed after the branch left, and that the merge result lacks all the same. A plain merge keeps such work;
 * replaying the branch's commits one by one can delete it, for example when the branch had carried it and dropped it.
 */
export function replayed(facts: Case): Claim[] {
  const claims: Claim[] = [];
  for (const [file, works] of facts.work)
    for (const work of works) {
      const landing = facts.landings.get(work.landing);
      if (!landing || landing.inHead) continue;
      const lines = work.wholeFile ? openLines(file) : work.lost;
      if (lines.every((line) => line.weight < telling)) continue;
      if (facts.method === "rebase" && evolves(facts, file.patch.oldPath)) continue;
      claims.push({
        code: facts.method === "rebase" ? "replayed-deletion" : "not-in-branch",
        file,
        lines,
        landings: [work.landing],
        confidence: "certain",
        detail:
          facts.method === "rebase"
            ? `Replaying the branch's commits one by one deletes what ${named(landing)} landed; a merge or a squash would keep it.`
            : `${named(landing)} landed after the branch left, and the merge drops it.`,
      });
    }
  return claims;
}

/** One author's own earlier commit landed, and the later ones build on it: that is how a branch grows. */
function evolves(facts: Case, path: string): boolean {
  if (facts.notInBranch.has(path)) return false;
  const authors = facts.own
    .filter((commit) => commit.touched.some((touched) => touched.path === path))
    .map((commit) => commit.email);
  return new Set(authors).size <= 1;
}
