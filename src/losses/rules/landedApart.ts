import type { OwnCommit } from "../../git/ownCommits";
import type { Oid } from "../../model/worktree";
import { type Case, pullRequest } from "../case";

/** Who commits what is merged on GitHub. */
const server = "GitHub";
/** One alone makes no habit. */
const several = 2;

/**
 * Whether all that the branch did to the file had landed on a line of its own: one long-lived branch is brought into
 * another. Each of those pull requests was looked at where it landed. A number in a subject alone says little, so only what
 * the server itself merged counts; copies of what the target itself has do not.
 */
export function landedApart({ own, landings }: Case, path: string): string | null {
  const touching = own.filter(({ touched }) => touched.some((one) => one.path === path));
  const numbers = pullRequestsOf(own);
  if (touching.length === 0 || new Set(numbers.values()).size < several) return null;
  const here = new Set([...landings.values()].map(({ subject }) => pullRequest(subject)));
  const landed = touching.map(({ oid }) => numbers.get(oid) ?? null);
  if (!landed.every((number) => number !== null && !here.has(number))) return null;
  return `It landed on the branch's own line as #${landed[0]}.`;
}

/** The pull requests that brought the branch's commits onto its first-parent line, by commit. */
function pullRequestsOf(own: readonly OwnCommit[]): Map<Oid, number> {
  const commits = new Map(own.map((commit) => [commit.oid, commit]));
  const line: OwnCommit[] = [];
  for (let at = own[0]; at; at = commits.get(at.parents[0] ?? "")) line.push(at);
  const numbers = new Map<Oid, number>();
  const seen = new Set<Oid>();
  for (const landing of line.reverse()) {
    const brings = landing.committer === server ? pullRequest(landing.subject) : null;
    const open = [landing];
    for (let commit = open.pop(); commit; commit = open.pop()) {
      if (seen.has(commit.oid)) continue;
      seen.add(commit.oid);
      const number = brings ?? (commit.committer === server ? pullRequest(commit.subject) : null);
      if (number !== null) numbers.set(commit.oid, number);
      for (const parent of commit.parents) {
        const older = commits.get(parent);
        if (older) open.push(older);
      }
    }
  }
  return numbers;
}
