import { type BlobPair, readBlobHunks } from "../git/blobHunks";
import type { Hunk } from "../git/hunks";
import { type Dispute, type MergedTree, type MergePair, mergeTrees } from "../git/mergeTrees";
import type { Repo } from "../git/repo";
import { type Scratch, withScratch } from "../git/scratch";
import type { Oid } from "../model/worktree";
import { judge, type PairAnswer, textsOf } from "./judge";
import type { Question } from "./pairs";
import type { Side } from "./sides";

/** Tries the merges of all pairs and compares their files, each with one git process. */
export async function examine(
  repo: Repo,
  questions: readonly Question[],
  signal?: AbortSignal,
): Promise<PairAnswer[]> {
  const [some] = questions;
  if (!some) return [];
  return withScratch(repo, some.a.head, async (scratch) => {
    const conflicts = await conflictsOf(scratch, questions, signal);
    const hunksOf = await compare(scratch, questions, signal);
    return questions.map(({ matches }, i) => judge(matches, conflicts[i] ?? null, hunksOf));
  });
}

/** What each pair's merge leaves unsettled; null: it could not be tried. */
async function conflictsOf(
  scratch: Scratch,
  questions: readonly Question[],
  signal?: AbortSignal,
): Promise<(readonly Dispute[] | null)[]> {
  const pairs = await Promise.all(
    questions.map(async ({ a, b }) => ({
      ours: await commitOf(scratch, a),
      theirs: await commitOf(scratch, b),
    })),
  );
  const merges = await tryMerges(scratch, pairs, signal);
  // A conflict that a side has with the commit that the other started from is one with the target.
  const withBases = questions.map(({ aBase, bBase }, i): MergePair[] => {
    const pair = pairs[i];
    if (!pair || aBase === bBase || merges(pair)?.clean !== false) return [];
    return [
      { ours: aBase, theirs: pair.theirs },
      { ours: bBase, theirs: pair.ours },
    ];
  });
  const baseMerges = await tryMerges(scratch, withBases.flat(), signal);
  return pairs.map((pair, i) => {
    const merged = merges(pair);
    if (!merged) return null;
    const old = new Set(withBases[i]?.flatMap((each) => baseMerges(each)?.disputes ?? []).flat());
    return merged.disputes.filter((paths) => !paths.some((path) => old.has(path)));
  });
}

/** The files on disk as the commit that they would make, or the head itself. */
async function commitOf(scratch: Scratch, { head, tree, parents }: Side): Promise<Oid> {
  return parents ? scratch.commit(tree, parents) : head;
}

async function tryMerges(
  scratch: Scratch,
  pairs: readonly MergePair[],
  signal?: AbortSignal,
): Promise<(pair: MergePair) => MergedTree | null> {
  const key = ({ ours, theirs }: MergePair): string => `${ours} ${theirs}`;
  const distinct = new Map(pairs.map((pair) => [key(pair), pair]));
  const merged = distinct.size > 0 ? await mergeTrees(scratch, [...distinct.values()], { signal }) : [];
  const found = new Map([...distinct.keys()].map((name, i) => [name, merged[i] ?? null]));
  return (pair) => found.get(key(pair)) ?? null;
}

async function compare(
  scratch: Scratch,
  questions: readonly Question[],
  signal?: AbortSignal,
): Promise<(pair: BlobPair) => readonly Hunk[] | null> {
  const key = ({ from, to }: BlobPair): string => `${from} ${to}`;
  const wanted = questions.flatMap(({ matches }) => matches.list.flatMap(textsOf));
  const distinct = new Map(wanted.map((pair) => [key(pair), pair]));
  const hunks = await readBlobHunks(scratch, [...distinct.values()], signal);
  const found = new Map([...distinct.keys()].map((name, i) => [name, hunks[i] ?? null]));
  return (pair) => found.get(key(pair)) ?? null;
}
