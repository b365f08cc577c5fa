import { type RawCommit, readOwnCommits } from "../git/rawLog";
import type { Repo } from "../git/repo";
import { withScratch } from "../git/scratch";
import { treesOf } from "../git/treesOf";
import type { Branch } from "../landing/branch";
import { examineHead } from "../landing/examine";
import type { CommitLanding } from "../landing/plan";
import { type Study, withStudy } from "../landing/study";
import type { Oid } from "../model/worktree";
import type { Step } from "./replay";

/** One commit of the branch: what became of it, and how it is picked. */
export interface Item {
  readonly landing: CommitLanding;
  readonly author: string;
  readonly step: Step;
}

/** All that a plan is made from. */
export interface Gathered {
  /** Oldest first. */
  readonly items: readonly Item[];
  /** Merges that hold text of their own. */
  readonly resolutions: readonly Oid[];
  readonly branch: Branch;
}

/** The commits that the target has not, and those that it once got by a merge and took back; null: git cannot tell. */
export async function gather(
  study: Study,
  target: Oid,
  head: Oid,
  signal?: AbortSignal,
): Promise<Gathered | null> {
  const { repo } = study;
  const known = await examineHead(study, head, signal);
  if (!known) return null;
  const { facts } = known;
  const branch = study.branch(head);
  if (facts.kind === "on-line") return { items: [], resolutions: [], branch };
  if (facts.kind === "merged") {
    const items = facts.standing ? [] : await takenBack(repo, head, facts.as, signal);
    return { items, resolutions: [], branch };
  }
  const landings = new Map(facts.commits.map((commit) => [commit.oid, commit]));
  const items = branch.plain.flatMap((commit): Item[] => {
    const landing = landings.get(commit.oid);
    const effect = branch.effectOf(commit);
    return landing && effect
      ? [{ landing, author: commit.author, step: { ...effect, oid: commit.oid } }]
      : [];
  });
  if (items.length < branch.plain.length) return null;
  const later = facts.commits.flatMap(({ landedAs }) => landedAs ?? []);
  const below = await belowOwn(study, target, branch, later, signal);
  return { items: [...below, ...items], resolutions: facts.resolutions, branch };
}

/** What the branch did before, where the target merged that and took it back. */
async function belowOwn(
  { repo, seen }: Study,
  target: Oid,
  branch: Branch,
  later: readonly Oid[],
  signal?: AbortSignal,
): Promise<Item[]> {
  const start = branch.line[0]?.parents[0];
  if (start === undefined || !seen.strangers.includes(start)) return [];
  const look = (study: Study) => examineHead(study, start, signal, later);
  const facts = (await withStudy(repo, target, [start], [], look, signal))?.facts;
  if (facts?.kind !== "merged" || facts.standing) return [];
  return takenBack(repo, start, facts.as, signal);
}

async function takenBack(repo: Repo, head: Oid, landedAs: Oid, signal?: AbortSignal): Promise<Item[]> {
  const options = signal ? { signal } : {};
  const commits = (await readOwnCommits(repo, [head], `${landedAs}^1`, mostCommits, options)).filter(
    ({ parents }) => parents.length === 1,
  );
  const parents = commits.map(({ parents: [parent = ""] }) => parent);
  const trees = await withScratch(repo, head, (scratch) => treesOf(scratch, parents, signal));
  return commits.flatMap((commit) => item(commit, trees.get(commit.parents[0] ?? ""), landedAs));
}

function item(commit: RawCommit, from: Oid | undefined, landedAs: Oid): Item[] {
  const { oid, author, subject, tree, changes } = commit;
  if (from === undefined) return [];
  const fate = changes.length === 0 ? ("empty" as const) : ("reverted" as const);
  const landing = { oid, subject, fate, landedAs, proof: "ancestor" as const };
  return [{ landing, author, step: { oid, from, to: tree, changes } }];
}

const mostCommits = 10_000;
