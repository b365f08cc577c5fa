import { createHash } from "node:crypto";
import * as v from "valibot";
import type { Repo } from "../git/repo";
import type { CheckDocument } from "../model/check";
import { done, type Outcome } from "../model/outcome";
import { openCache } from "../store/cache";
import { answer } from "./check";
import { applyDecisions, readDecisions } from "./decisions";
import type { Question } from "./examine";
import { type CheckRequest, type Prepared, prepare } from "./prepare";
import { storedSchema } from "./stored";

/** Counts up with every change of what the engine finds, so that older answers are never seen again. */
export const engineVersion = 4;

/** `check`, remembering its answers on disk, with what a person called meant among what is meant. */
export async function checkCached(
  repo: Repo,
  request: CheckRequest,
  signal?: AbortSignal,
): Promise<Outcome<CheckDocument>> {
  const prepared = await prepare(repo, request, signal);
  if (!prepared.ok) return prepared;
  const found = await answerCached(repo, prepared.value, signal);
  if (!found.ok) return found;
  return done(applyDecisions(found.value, await readDecisions(repo.commonDir), prepared.value.names.branch));
}

/** The same before anybody decided: it follows from the commits and the record alone. */
export async function checkUndecided(
  repo: Repo,
  request: CheckRequest,
  signal?: AbortSignal,
): Promise<Outcome<CheckDocument>> {
  const prepared = await prepare(repo, request, signal);
  return prepared.ok ? answerCached(repo, prepared.value, signal) : prepared;
}

async function answerCached(
  repo: Repo,
  prepared: Prepared,
  signal: AbortSignal | undefined,
): Promise<Outcome<CheckDocument>> {
  const { question, names } = prepared;
  const cache = openCache(repo.commonDir, "losses", engineVersion);
  const key = keyOf(question);
  const known = v.safeParse(storedSchema, cache.get(key));
  if (known.success) {
    const found: CheckDocument = known.output;
    return done({ ...found, base: { ...found.base, ref: names.base }, head: names.head });
  }
  const found = await answer(repo, prepared, signal);
  if (found.ok) {
    cache.set(key, found.value);
    await cache.flush();
  }
  return found;
}

/** Everything that the answer depends on. */
function keyOf({ base, head, method, recordedBase, earlierHeads }: Question): string {
  const log = createHash("sha256").update(earlierHeads.join()).digest("hex").slice(0, 16);
  return [base, head, method, recordedBase ?? "-", log].join(" ");
}
