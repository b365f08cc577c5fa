import { ourEmail } from "../git/commitTree";
import { readDropped, readNotPicked } from "../git/dropped";
import { readOwnCommits } from "../git/ownCommits";
import type { Repo } from "../git/repo";
import type { CheckNote } from "../model/check";
import type { Examined } from "./examine";

/**
 * Work of somebody else that the branch once had and that neither it nor the target has now: a rewrite dropped it. Own
 * commits are amended and reworded all day, so only other authors' count.
 */
export async function branchLosses(
  repo: Repo,
  { question: { base, head, earlierHeads }, facts }: Examined,
  signal?: AbortSignal,
): Promise<CheckNote[]> {
  const earlier = [...new Set(earlierHeads)].filter((oid) => oid !== head);
  if (earlier.length === 0) return [];
  const gone = await readDropped(repo, earlier, [base, head]);
  if (gone.length === 0) return [];
  const own = facts.own.length > 0 ? facts.own : await readOwnCommits(repo, base, head, signal);
  const authors = new Set(own.map(({ email }) => email).filter((email) => email !== ourEmail));
  const kept = new Set(own.map(({ email, subject }) => `${email}\n${subject}`));
  const notes: CheckNote[] = [];
  for (const commit of gone) {
    if (authors.size === 0 || authors.has(commit.email) || kept.has(`${commit.email}\n${commit.subject}`))
      continue;
    const alone = await readNotPicked(repo, head, commit.oid);
    if (!alone.some(({ oid }) => oid === commit.oid)) continue;
    const detail = `The branch once had "${commit.subject}" by ${commit.author} (${commit.oid.slice(0, 9)}); a rewrite dropped it. Get it back with: git cherry-pick ${commit.oid.slice(0, 9)}`;
    notes.push({ code: "branch-loss", path: null, detail });
  }
  return notes;
}
