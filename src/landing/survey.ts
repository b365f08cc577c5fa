import { LandingStream } from "../git/landingStream";
import { firstParents, onlyIn, readGraph } from "../git/lineage";
import { type RawCommit, readOwnCommits } from "../git/rawLog";
import type { Repo } from "../git/repo";
import type { MergedPull } from "../model/pull";
import type { Oid } from "../model/worktree";
import { findMerges } from "./merged";

// Beyond this many landings nothing is looked for: it would take seconds, and a branch that old is a person's to judge.
const longestLine = 20_000;
const mostOwn = 20_000;
// Where a branch left the line is waited for while the line is read, which has to be read as far as that anyway; only of a
// branch that left it nowhere that takes longer than to ask. What was merged is mostly not on the line itself.
const patience = 2_500;
const patienceForMerged = 500;

/** All that is read of the history before anything is tried. */
export interface Survey {
  /** The target's first-parent line, oldest first, from the oldest place that any branch needs. */
  readonly landings: readonly RawCommit[];
  /** Commits of the heads and of the pull requests' heads that the target has not, each after its parents. */
  readonly own: ReadonlyMap<Oid, RawCommit>;
  /** For own commits the newest landing (an index of `landings`) below them; absent when there is none here. */
  readonly since: ReadonlyMap<Oid, number>;
  /** Not own, not landings: commits that own ones stand on all the same. */
  readonly strangers: readonly Oid[];
  /** Heads that the target has: the landing that merged them, or null for those that are themselves on its line. */
  readonly merged: ReadonlyMap<Oid, number | null>;
  /** Heads whose history is too large or not here. */
  readonly unknown: ReadonlySet<Oid>;
}

/** Reads the histories of all heads at once. `onOwn` is told of the own commits while the target's are still read. */
export async function survey(
  repo: Repo,
  target: Oid,
  heads: readonly Oid[],
  pulls: readonly MergedPull[],
  signal?: AbortSignal,
  onOwn?: (own: readonly RawCommit[]) => void,
): Promise<Survey> {
  const tips = [...new Set([...heads, ...pulls.map(({ head }) => head)])];
  const reading = readOwnCommits(repo, tips, target, mostOwn, signal ? { signal } : {});
  reading.catch(() => undefined);
  // The target's story is the longest to tell, so it is begun before it is known how far back it matters.
  const stream = new LandingStream(repo, target, longestLine, signal);
  try {
    const ownCommits = await reading;
    onOwn?.(ownCommits);
    const known = await readPlaces(repo, target, heads, ownCommits, stream, signal);
    return toSurvey(heads, known, await stream.newest(known.deepest));
  } finally {
    stream.stop();
  }
}

function toSurvey(
  heads: readonly Oid[],
  { ownCommits, own, deepest, outside, strangers, merges, places, placeOf }: Places,
  { landings: above, below }: { landings: RawCommit[]; below: RawCommit | null },
): Survey {
  const landings = [...(below ? [below] : []), ...above.reverse()];
  const since = new Map<Oid, number>();
  for (const { oid, parents } of ownCommits) {
    const floors = parents.map((parent) => {
      const place = placeOf(parent);
      return place === undefined ? since.get(parent) : deepest - place;
    });
    const known = floors.filter((floor) => floor !== undefined);
    if (floors.length > 0 && known.length === floors.length) since.set(oid, Math.max(...known));
  }
  const capped = ownCommits.length >= mostOwn;
  return {
    landings,
    own,
    since,
    strangers,
    merged: new Map(
      outside.flatMap((head): [Oid, number | null][] => {
        const place = merges.get(head);
        if (places.has(head)) return [[head, null]];
        return place === undefined ? [] : [[head, deepest - place]];
      }),
    ),
    unknown: new Set(
      heads.filter((head) =>
        own.has(head) ? capped || !since.has(head) : !places.has(head) && !merges.has(head),
      ),
    ),
  };
}

/** Where everything is on the target's first-parent line; a place counts from the target, which is at 0, back. */
interface Places {
  readonly ownCommits: readonly RawCommit[];
  readonly own: ReadonlyMap<Oid, RawCommit>;
  /** Heads that the target has. */
  readonly outside: readonly Oid[];
  readonly strangers: readonly Oid[];
  /** Of commits on the line. */
  readonly places: ReadonlyMap<Oid, number>;
  /** Of heads that were merged: that of the merge. */
  readonly merges: ReadonlyMap<Oid, number>;
  /** The newest one that a commit has below it, or is at. */
  placeOf(oid: Oid): number | undefined;
  /** The oldest that matters. */
  readonly deepest: number;
}

async function readPlaces(
  repo: Repo,
  target: Oid,
  heads: readonly Oid[],
  ownCommits: readonly RawCommit[],
  stream: LandingStream,
  signal?: AbortSignal,
): Promise<Places> {
  const own = new Map(ownCommits.map((commit) => [commit.oid, commit]));
  const outside = heads.filter((head) => !own.has(head));
  const below = ownCommits.flatMap(({ parents }) => parents).filter((oid) => !own.has(oid));
  // Most branches left the line lately, and nothing else has to be asked.
  const near = await stream.placesOf(
    [...outside, ...below],
    outside.length > 0 ? patienceForMerged : patience,
  );
  const known = { ownCommits, own, outside };
  if (near) {
    const deepest = Math.max(0, ...below.flatMap((oid) => near.get(oid) ?? []));
    const placeOf = (oid: Oid) => near.get(oid);
    return { ...known, strangers: [], places: near, merges: new Map(), placeOf, deepest };
  }
  const line = await firstParents(repo, target, longestLine, signal);
  const places = new Map(line.map((oid, place) => [oid, place]));
  const strangers = [...new Set(below.filter((oid) => !places.has(oid)))];
  const [lower, merges] = await Promise.all([
    placesBelow(repo, strangers, places, signal),
    placesOfMerges(
      repo,
      outside.filter((head) => !places.has(head)),
      line,
      signal,
    ),
  ]);
  const placeOf = (oid: Oid): number | undefined => places.get(oid) ?? lower.get(oid);
  const needed = [
    ...below.flatMap((oid) => placeOf(oid) ?? []),
    ...[...merges.values()].map((place) => place + 1),
  ];
  const deepest = Math.min(Math.max(0, ...needed), line.length - 1);
  return { ...known, strangers, places, merges, placeOf, deepest };
}

/** For commits beside the target's line the newest place on it that they have below them. */
async function placesBelow(
  repo: Repo,
  oids: readonly Oid[],
  places: ReadonlyMap<Oid, number>,
  signal?: AbortSignal,
): Promise<Map<Oid, number>> {
  const found = await Promise.all(
    oids.map(async (oid): Promise<[Oid, number][]> => {
      const ownLine = await firstParents(repo, oid, longestLine, signal);
      const fork = ownLine.find((below) => places.has(below));
      if (fork === undefined) return [];
      const newer = await onlyIn(repo, oid, fork, longestLine, signal);
      return [[oid, Math.min(...[fork, ...newer].flatMap((below) => places.get(below) ?? []))]];
    }),
  );
  return new Map(found.flat());
}

/** For heads that the target got by a merge, that merge's place on its line. */
async function placesOfMerges(
  repo: Repo,
  heads: readonly Oid[],
  line: readonly Oid[],
  signal?: AbortSignal,
): Promise<Map<Oid, number>> {
  const target = line[0];
  if (heads.length === 0 || target === undefined) return new Map();
  let found = new Map<Oid, number>();
  // Most were merged lately; the whole history is read only for those that were not.
  for (const depth of [1_000, longestLine]) {
    const end = line[depth] ?? null;
    const graph = await readGraph(repo, target, end, signal);
    found = findMerges(new Set(heads), line.slice(0, depth), graph);
    if (found.size === heads.length || end === null) break;
  }
  return found;
}
