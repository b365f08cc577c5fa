import { type BlobPair, readBlobHunks } from "../git/blobHunks";
import type { Hunk } from "../git/hunks";
import { type BlobMerge, mergeBlobs } from "../git/mergeBlobs";
import { type Dispute, type MergedTree, type MergePair, mergeTrees } from "../git/mergeTrees";
import type { Repo } from "../git/repo";
import { type Scratch, withScratch } from "../git/scratch";
import type { Oid } from "../model/worktree";
import { judge, type PairAnswer, plainMerges, textsOf } from "./judge";
import type { Question } from "./pairs";
import type { Side } from "./sides";

/** What each pair's merge leaves unsettled; null: it could not be tried. */
type Disputes = (question: Question) => readonly Dispute[] | null;

/** Tries the merges of all pairs and compares their files, with a few git processes for all. */
export async function examine(
  repo: Repo,
  questions: readonly Question[],
  signal?: AbortSignal,
): Promise<PairAnswer[]> {
  const [some] = questions;
  if (!some) return [];
  return withScratch(repo, some.a.head, async (scratch) => {
    const plain = new Map(
      questions.flatMap((question) => {
        const { matches, aTaken, bTaken } = question;
        // Files alone do not tell what is the target's doing.
        const merges = aTaken === null && bTaken === null ? plainMerges(matches) : null;
        return merges ? [[question, merges] as const] : [];
      }),
    );
    const others = questions.filter((question) => !plain.has(question));
    const inFiles = await mergeFiles(scratch, plain, signal);
    const inTrees = await mergeBranches(scratch, others, signal);
    const hunksOf = await compare(scratch, questions, signal);
    return questions.map((question) => {
      const disputes = plain.has(question) ? inFiles(question) : inTrees(question);
      return judge(question.matches, disputes, hunksOf);
    });
  });
}

/** Branches that meet in nothing but files that both edit in place: only these files have to be merged. */
async function mergeFiles(
  scratch: Scratch,
  plain: ReadonlyMap<Question, ReadonlyMap<string, BlobMerge>>,
  signal?: AbortSignal,
): Promise<Disputes> {
  const merged = await askOnce(
    [...plain.values()].flatMap((merges) => [...merges.values()]),
    ({ base, ours, theirs }) => `${base} ${ours} ${theirs}`,
    (merges) => mergeBlobs(scratch, merges, signal),
  );
  return (question) => {
    const files = [...(plain.get(question) ?? [])].map(([path, merge]) => ({
      path,
      conflict: merged(merge),
    }));
    if (files.some(({ conflict }) => conflict === null)) return null;
    return files.flatMap(({ path, conflict }) => (conflict ? [[path]] : []));
  };
}

async function mergeBranches(
  scratch: Scratch,
  questions: readonly Question[],
  signal?: AbortSignal,
): Promise<Disputes> {
  const name = ({ ours, theirs }: MergePair): string => `${ours} ${theirs}`;
  const tried = (pairs: readonly MergePair[]): Promise<(pair: MergePair) => MergedTree | null> =>
    askOnce(pairs, name, (distinct) => mergeTrees(scratch, distinct, { signal }));
  const pairs = new Map<Question, MergePair>();
  for (const question of questions) {
    const [ours, theirs] = await Promise.all([commitOf(scratch, question.a), commitOf(scratch, question.b)]);
    pairs.set(question, { ours, theirs });
  }
  const merged = await tried([...pairs.values()]);
  // A conflict that a side has with the target's commit that the other stands on is one with the target.
  const withBases = (question: Question, { ours, theirs }: MergePair): MergePair[] => {
    if (merged({ ours, theirs })?.clean !== false) return [];
    const { aBase, bBase, aTaken, bTaken } = question;
    if (aBase !== bBase)
      return [
        { ours: aBase, theirs },
        { ours: bBase, theirs: ours },
      ];
    return [
      ...(aTaken === null ? [] : [{ ours: aTaken, theirs }]),
      ...(bTaken === null ? [] : [{ ours: bTaken, theirs: ours }]),
    ];
  };
  const baseMerged = await tried([...pairs].flatMap(([question, pair]) => withBases(question, pair)));
  return (question) => {
    const pair = pairs.get(question);
    const result = pair && merged(pair);
    if (!pair || !result) return null;
    const old = new Set(
      withBases(question, pair)
        .flatMap((each) => baseMerged(each)?.disputes ?? [])
        .flat(),
    );
    return result.disputes.filter((paths) => !paths.some((path) => old.has(path)));
  };
}

/** The files on disk as the commit that they would make, or the head itself. */
async function commitOf(scratch: Scratch, { head, tree, parents }: Side): Promise<Oid> {
  return tree ? scratch.commit(tree, parents) : head;
}

async function compare(
  scratch: Scratch,
  questions: readonly Question[],
  signal?: AbortSignal,
): Promise<(pair: BlobPair) => readonly Hunk[] | null> {
  return askOnce(
    questions.flatMap(({ matches }) => matches.list.flatMap(textsOf)),
    ({ from, to }) => `${from} ${to}`,
    (pairs) => readBlobHunks(scratch, pairs, signal),
  );
}

/** Asks everything at once and the same thing only once; null where there is no answer. */
async function askOnce<Key, Value>(
  keys: readonly Key[],
  name: (key: Key) => string,
  ask: (distinct: readonly Key[]) => Promise<readonly Value[]>,
): Promise<(key: Key) => Value | null> {
  const distinct = new Map(keys.map((key) => [name(key), key]));
  const values = distinct.size > 0 ? await ask([...distinct.values()]) : [];
  const found = new Map([...distinct.keys()].map((each, i) => [each, values[i]]));
  return (key) => found.get(name(key)) ?? null;
}
