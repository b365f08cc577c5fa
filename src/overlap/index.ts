import * as v from "valibot";
import type { Repo } from "../git/repo";
import type { Overlap } from "../model/overlap";
import type { Oid } from "../model/worktree";
import { type Cache, openCache } from "../store/cache";
import { readChanges, readTargetRenames } from "./changes";
import { examine } from "./examine";
import type { PairAnswer } from "./judge";
import { pairsOf, type Question, questionsOf } from "./pairs";
import { fromBothSides, stacks, worstFirst } from "./present";
import { readField, type Tip } from "./sides";
import { answerSchema } from "./stored";

export type { Tip } from "./sides";

/** Counts up with every change of what the engine finds, so that older answers are never seen again. */
const engineVersion = 2;

/** What was answered the last time, so that who asks again and again has nothing read from text. */
const asked = new WeakMap<Cache, ReadonlyMap<string, PairAnswer>>();

function remembered(cache: Cache, { key }: Question): PairAnswer | null {
  const known = v.safeParse(answerSchema, cache.get(key));
  return known.success ? known.output : null;
}

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
    readChanges(repo, pairs, cache, signal),
    readTargetRenames(
      repo,
      target,
      field.sides.map(({ base }) => base),
      cache,
      signal,
    ),
  ]);
  const questions = questionsOf(pairs, changes, renames);
  const before = asked.get(cache);
  const answers = new Map<Question, PairAnswer>();
  const open = questions.filter((question) => {
    const known = before?.get(question.key) ?? remembered(cache, question);
    if (known) answers.set(question, known);
    return !known;
  });
  for (const [i, answer] of (await examine(repo, open, signal)).entries()) {
    const question = open[i];
    if (!question) continue;
    answers.set(question, answer);
    // What could not be tried may be another time.
    if (answer.tried) cache.set(question.key, answer);
  }
  asked.set(
    cache,
    new Map([...answers].flatMap(([{ key }, answer]) => (answer.tried ? [[key, answer]] : []))),
  );
  await cache.flush();
  const found = new Map<string, Overlap[] | null>(tips.map(({ id }) => [id, []]));
  for (const id of field.unknown) found.set(id, null);
  for (const [id, overlap] of [...fromBothSides(answers), ...stacks(field)]) found.get(id)?.push(overlap);
  for (const overlaps of found.values()) overlaps?.sort(worstFirst);
  return found;
}
