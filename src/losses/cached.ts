import { createHash } from "node:crypto";
import * as v from "valibot";
import type { Repo } from "../git/repo";
import type { CheckDocument } from "../model/check";
import { done, type Outcome } from "../model/outcome";
import { openCache } from "../store/cache";
import { answer, named } from "./check";
import { applyDecisions } from "./decisions";
import type { Question } from "./examine";
import { noteHeads } from "./noteHeads";
import { type CheckRequest, type Prepared, withPrepared } from "./prepare";
import { readStanding } from "./standing";
import { storedSchema } from "./stored";

/** Counts up with every change of what the engine finds, so that older answers are never seen again. */
export const engineVersion = 15;

/** `check`, remembering its answers on disk, with what a person called meant among what is meant. */
export async function checkCached(
  repo: Repo,
  request: CheckRequest,
  signal?: AbortSignal,
): Promise<Outcome<CheckDocument>> {
  return withPrepared(repo, request, signal, async (prepared) => {
    const found = await answerCached(repo, prepared, signal);
    await noteHeads(repo, prepared.seen);
    if (!found.ok) return found;
    return done(applyDecisions(found.value, await readStanding(repo), prepared.names.branch));
  });
}

/** The same before anybody decided: it follows from the commits, the files and the record alone. */
export async function checkUndecided(
  repo: Repo,
  request: CheckRequest,
  signal?: AbortSignal,
): Promise<Outcome<CheckDocument>> {
  return withPrepared(repo, request, signal, (prepared) => answerCached(repo, prepared, signal));
}

/** Of each of the sixteen parts. */
const mostBytes = 2 << 20;

async function answerCached(
  repo: Repo,
  prepared: Prepared,
  signal: AbortSignal | undefined,
): Promise<Outcome<CheckDocument>> {
  const key = keyOf(prepared.question);
  // A command asks once, and reads only the part of what is remembered that its answer would be in.
  const part = createHash("sha256").update(key).digest("hex").slice(0, 1);
  const cache = openCache(repo.commonDir, `losses-${part}`, engineVersion, mostBytes);
  const known = v.safeParse(storedSchema, cache.get(key));
  if (known.success) return done(named(known.output, prepared));
  const found = await answer(repo, prepared, signal);
  if (found.ok && lasts(found.value)) {
    cache.set(key, found.value);
    await cache.flush();
  }
  return found.ok ? done(named(found.value, prepared)) : found;
}

/** What a rewrite dropped can be got back only until git throws it away, and that is in no key. */
function lasts({ notes }: CheckDocument): boolean {
  return notes.every(({ code }) => code !== "branch-loss");
}

/** Everything that the answer depends on. */
function keyOf({ base, head, method, recordedBase, earlierHeads, caughtUp, resetTo }: Question): string {
  const log = createHash("sha256")
    .update(`${earlierHeads.join()} ${caughtUp.join()} ${resetTo.join()}`)
    .digest("hex")
    .slice(0, 16);
  return [base, head, method, recordedBase ?? "-", log].join(" ");
}
