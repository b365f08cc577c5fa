import { createHash } from "node:crypto";
import * as v from "valibot";
import { firstParents } from "../git/lineage";
import { readLandings, readOwnCommits } from "../git/rawLog";
import type { Repo } from "../git/repo";
import type { MergedPull } from "../model/pull";
import type { Oid } from "../model/worktree";
import { type Cache, openCache } from "../store/cache";
import { examine } from "./examine";
import { type Facts, type StoredFacts, storedFactsSchema } from "./facts";

// Raised with every change of what the facts say.
const engineVersion = 3;
// A target that went on by more than this since is looked at afresh.
const farthest = 2_000;
// Facts are written again for a newer target only when they are this far behind: the log of a small step is cheap.
const worthWriting = 100;

/** The facts of all heads, worked out only where neither the cache nor a look at the target's new landings tells. */
export async function factsOf(
  repo: Repo,
  target: Oid,
  heads: readonly Oid[],
  pulls: readonly MergedPull[],
  signal?: AbortSignal,
): Promise<Map<Oid, Facts>> {
  const cache = openCache(repo.commonDir, "landing", engineVersion);
  const evidence = digest(pulls);
  const found = new Map<Oid, Facts>();
  const older = new Map<Oid, StoredFacts>();
  for (const head of heads) {
    const stored = v.safeParse(storedFactsSchema, cache.get(`${head} ${evidence}`));
    if (!stored.success) continue;
    if (stored.output.target === target) found.set(head, stored.output.facts);
    else older.set(head, stored.output);
  }
  const steps = await stepsSince(repo, target, older, signal);
  for (const [head, { facts, ...rest }] of older) {
    const step = steps.get(head);
    if (step === undefined) continue;
    found.set(head, facts);
    if (step > worthWriting) keep(cache, head, evidence, { facts, ...rest, target });
  }
  const rest = heads.filter((head) => !found.has(head));
  if (rest.length === 0) return found;
  for (const [head, stored] of await examine(repo, target, rest, pulls, signal)) {
    found.set(head, stored.facts);
    keep(cache, head, evidence, stored);
  }
  return found;
}

function keep(cache: Cache, head: Oid, evidence: string, stored: StoredFacts): void {
  if (stored.paths.length <= mostPaths) cache.set(`${head} ${evidence}`, stored);
}

const mostPaths = 5_000;

/**
 * The heads whose facts still hold for a newer target, with how many landings it is ahead: nothing that landed since
 * touches their paths, and no commit of theirs was merged.
 */
async function stepsSince(
  repo: Repo,
  target: Oid,
  older: ReadonlyMap<Oid, StoredFacts>,
  signal?: AbortSignal,
): Promise<Map<Oid, number>> {
  const steps = new Map<Oid, number>();
  if (older.size === 0) return steps;
  const line = await firstParents(repo, target, farthest, signal);
  const places = new Map(line.map((oid, place) => [oid, place]));
  const reachable = [...older].flatMap(([head, stored]) => {
    const step = places.get(stored.target);
    return step === undefined ? [] : [{ head, stored, step }];
  });
  if (reachable.length === 0) return steps;
  const options = signal ? { signal } : {};
  const heads = reachable.map(({ head }) => head);
  const [landings, own] = await Promise.all([
    readLandings(repo, target, Math.max(...reachable.map(({ step }) => step)), options),
    readOwnCommits(repo, heads, target, farthest * 10, options),
  ]);
  // Where a path was touched last, counted from the newest landing.
  const touched = new Map<string, number>();
  landings.forEach(({ changes }, place) => {
    for (const { path } of changes) if (!touched.has(path)) touched.set(path, place);
  });
  const stillOwn = new Set(own.map(({ oid }) => oid));
  for (const { head, stored, step } of reachable) {
    const untouched = stored.paths.every((path) => (touched.get(path) ?? Infinity) >= step);
    if (untouched && stored.own.every((oid) => stillOwn.has(oid))) steps.set(head, step);
  }
  return steps;
}

function digest(pulls: readonly MergedPull[]): string {
  const lines = pulls.map(({ head, mergeCommit }) => `${head} ${mergeCommit}`).sort();
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);
}
