import * as v from "valibot";
import type { Repo } from "../git/repo";
import type { Overlap } from "../model/overlap";
import type { Oid } from "../model/worktree";
import { openCache } from "../store/cache";
import { readChanges, readTargetRenames } from "./changes";
import { examine } from "./examine";
import type { PairAnswer } from "./judge";
import { type Pair, pairsOf, questionsOf, stretchesOf } from "./pairs";
import { fromBothSides, stacks, worstFirst } from "./present";
import { readField, type Tip } from "./sides";
import { answerSchema } from "./stored";

export type { Tip } from "./sides";

/** Counts up with every change of what the engine finds, so that older answers are never seen again. */
const engineVersion = 1;

/**
 * How each branch stands to the others before any of them is merged, by id; null where that cannot be told. Answers
 * follow from the commits and trees, and are kept on disk. Throws when git fails or is stopped.
 */
export async function findOverlaps(
  repo: Repo,
  target: Oid,
  tips: readonly Tip[],
  signal?: AbortSignal,
): Promise<Map<string, readonly Overlap[] | null>> {
  const cache = openCache(repo.commonDir, "overlap", engineVersion);
  const field = await readField(repo, target, tips, cache, signal);
  const pairs = pairsOf(field);
  const [changes, renames] = await Promise.all([
    readChanges(repo, stretchesOf(pairs), cache, signal),
    readTargetRenames(
      repo,
      target,
      field.sides.map(({ base }) => base),
      cache,
      signal,
    ),
  ]);
  const questions = questionsOf(pairs, changes, renames);
  const answers = new Map<Pair, PairAnswer>();
  const open = questions.filter((question) => {
    const known = v.safeParse(answerSchema, cache.get(question.key));
    if (known.success) answers.set(question, known.output);
    return !known.success;
  });
  for (const [i, answer] of (await examine(repo, open, signal)).entries()) {
    const question = open[i];
    if (!question) continue;
    answers.set(question, answer);
    // What could not be tried may be another time.
    if (answer.tried) cache.set(question.key, answer);
  }
  await cache.flush();
  const found = new Map<string, Overlap[] | null>(tips.map(({ id }) => [id, []]));
  for (const id of field.unknown) found.set(id, null);
  for (const [id, overlap] of [...fromBothSides(answers), ...stacks(field)]) found.get(id)?.push(overlap);
  for (const overlaps of found.values()) overlaps?.sort(worstFirst);
  return found;
}
