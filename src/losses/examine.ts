import { type TriedMerge, tryMerge } from "../git/mergeTree";
import { type OwnCommit, readOwnCommits } from "../git/ownCommits";
import type { FilePatch } from "../git/patch";
import { type Range, readRange } from "../git/range";
import { tryReplay } from "../git/replay";
import type { Repo } from "../git/repo";
import { readComingDiff } from "../git/treeDiff";
import { readTwoDot, type TwoDot } from "../git/twoDot";
import type { Method } from "../model/check";
import type { Oid } from "../model/worktree";
import { cancel } from "./cancel";
import type { Case } from "./case";
import { readComingFileHistory } from "./fileHistory";
import { type Judgement, judge } from "./judge";
import { type Late, lateLandings } from "./late";
import { readCase } from "./readCase";
import { pathsOf, suspects } from "./suspects";

/** What is to be judged. All ids are commits. */
export interface Question {
  readonly base: Oid;
  readonly head: Oid;
  readonly method: Method;
  readonly recordedBase: Oid | null;
  /** Where the branch's head has been before, newest first, as far as it is known. */
  readonly earlierHeads: readonly Oid[];
  /** Commits that the branch's files were brought to: who worked there had before them what these have. */
  readonly caughtUp: readonly Oid[];
  /** Commits that it was reset to, perhaps with its files; only where the start is known from git's log alone. */
  readonly resetTo: readonly Oid[];
}

/** How the two ends relate. */
export interface Relation {
  readonly range: Range & { readonly mergeBase: Oid };
  readonly late: Late;
  /** The plain difference of both ends; null where head has all of base. */
  readonly twoDot: TwoDot | null;
  /** The branch's commits, newest first, where they were needed to tell that; else none. */
  readonly own: readonly OwnCommit[];
}

/** What was found out, before it is put into words. */
export interface Examined extends Relation {
  readonly question: Question;
  readonly merged: TriedMerge;
  readonly facts: Case;
  readonly judgement: Judgement;
}

/** Merges in memory, compares, and judges. Null when the two have no common history. */
export async function examine(
  repo: Repo,
  question: Question,
  signal?: AbortSignal,
): Promise<Examined | null> {
  const { base, head, method } = question;
  const merging = (method === "rebase" ? tryReplay : tryMerge)(repo, base, head, signal);
  const ranging = readRange(repo, base, head, signal);
  const comparing = readComingDiff(repo, bothTrees(ranging, merging), signal);
  const sorting = Promise.all([ranging, merging, comparing]).then(([range, merged, changes]) =>
    merged && changes ? sortOut(lateLandings(base, range), merged, changes) : null,
  );
  const outlining = ranging.then(({ missing, trees }) =>
    missing.size > 0 ? readTwoDot(repo, trees.base, trees.head, signal) : null,
  );
  const [range, merged, sorted, history, twoDot, own] = await Promise.all([
    ranging,
    merging,
    sorting,
    readComingFileHistory(repo, question, sorting, signal),
    outlining,
    Promise.all([ranging, outlining]).then(([range, twoDot]) =>
      // Only a branch of several commits can have had a file and not have it any more.
      range.own.length > 1 && twoDot && twoDot.deleted.length > 0
        ? readOwnCommits(repo, base, head, signal)
        : [],
    ),
  ]);
  const { mergeBase } = range;
  if (!merged || !sorted || !history || mergeBase === null) return null;
  const relation = { range: { ...range, mergeBase }, late: sorted.late, twoDot, own };
  const facts = await readCase(repo, { ...relation, ...sorted, question, history }, signal);
  return { question, ...relation, merged, facts, judgement: judge(facts) };
}

/** What the merge changes, as trees; null where there is nothing to compare. */
async function bothTrees(
  ranging: Promise<Range>,
  merging: Promise<TriedMerge | null>,
): Promise<readonly [Oid, Oid] | null> {
  const [range, merged] = await Promise.all([ranging, merging]);
  return merged && range.mergeBase !== null ? [range.trees.base, merged.tree] : null;
}

function sortOut(late: Late, merged: TriedMerge, changes: readonly FilePatch[]) {
  const conflicted = new Set(merged.conflicts);
  const files = cancel(
    changes.filter((patch) => !conflicted.has(patch.oldPath) && !conflicted.has(patch.newPath)),
  );
  const { followed, unfollowed } = suspects(files);
  return { late, files, followed, unfollowed, paths: pathsOf(followed, changes) };
}
