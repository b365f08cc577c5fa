import { readLandedPathsBetween } from "../git/landedPaths";
import { type LandedChange, type LandedQuery, readLandedChanges } from "../git/landings";
import type { FilePatch } from "../git/patch";
import type { Repo } from "../git/repo";
import { readTreeDiff } from "../git/treeDiff";
import type { Oid } from "../model/worktree";
import type { Question } from "./examine";
import type { Late } from "./late";

/** How far back landings are looked at: work older than that is no longer fresh to anybody. */
export const window = 40;
/** More landings than this that the branch has not are leapt over at once, where nobody needs them one by one. */
const mostLate = 60;
/** Git sets each path against each entry of a folder; of more paths it is told those only that landings touched. */
const mostPaths = 20;

/** What landings did to some files. */
export interface FileHistory {
  /** The files that were asked about. */
  readonly paths: ReadonlySet<string>;
  /** The landings that changed any of them, newest first. */
  readonly landings: readonly LandedChange[];
  /** For `trace`: the same by landing, after the leap, if there is one, under the target's own id. */
  readonly patches: ReadonlyMap<Oid, readonly FilePatch[]>;
}

/** Files (latin1) to be asked about, and where the branch has been left behind. */
export interface FileQuery {
  readonly late: Late;
  readonly paths: readonly string[];
}

/** Reads what the last landings that the branch has, and the later ones, did to some files. */
export async function readFileHistory(
  repo: Repo,
  question: Question,
  { late, paths }: FileQuery,
  signal: AbortSignal | undefined,
): Promise<FileHistory> {
  const query = toQuery(question, late, paths);
  const touched = paths.length > mostPaths ? await readTouched(repo, query, signal) : null;
  const known = touched ? paths.filter((path) => touched.has(path)) : paths;
  const [landings, leap] = await Promise.all([
    known.length > 0 ? readLandedChanges(repo, { ...query, paths: known }, { signal }) : [],
    readLeap(repo, question, late, known, signal),
  ]);
  return toFileHistory(paths, landings, leap);
}

/** The paths that any of the landings touched; those of the query are not looked at. */
async function readTouched(
  repo: Repo,
  { tip, without }: LandedQuery,
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const landed = await readLandedPathsBetween(repo, tip, without, signal);
  return new Set([...landed.values()].flat().map(({ path }) => path));
}

/** The same for a query that is not known yet; git is started at once. Null when there is none. */
export async function readComingFileHistory(
  repo: Repo,
  question: Question,
  coming: Promise<FileQuery | null>,
  signal: AbortSignal | undefined,
): Promise<FileHistory | null> {
  const few = coming.then((query) => (query && query.paths.length <= mostPaths ? query : null));
  const [query, short, landings, leap] = await Promise.all([
    coming,
    few,
    readLandedChanges(
      repo,
      few.then((query) => (query?.paths.length ? toQuery(question, query.late, query.paths) : null)),
      { signal },
    ),
    few.then((query) => (query ? readLeap(repo, question, query.late, query.paths, signal) : null)),
  ]);
  if (!query) return null;
  return short ? toFileHistory(query.paths, landings, leap) : readFileHistory(repo, question, query, signal);
}

function toQuery(question: Question, late: Late, paths: readonly string[]): LandedQuery {
  const from = late.newest ?? question.base;
  return { tip: leaps(question, late) ? from : question.base, without: `${from}~${window}`, paths };
}

function leaps({ method }: Question, { landings, newest, stacked }: Late): boolean {
  return landings.length > mostLate && method !== "rebase" && !stacked && newest !== null;
}

/** What happened to the files from the newest landing that the branch has to the target, in one step. */
async function readLeap(
  repo: Repo,
  question: Question,
  late: Late,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly [Oid, readonly FilePatch[]] | null> {
  if (paths.length === 0 || late.newest === null || !leaps(question, late)) return null;
  return [question.base, await readTreeDiff(repo, late.newest, question.base, signal, paths)];
}

function toFileHistory(
  paths: readonly string[],
  landings: readonly LandedChange[],
  leap: readonly [Oid, readonly FilePatch[]] | null,
): FileHistory {
  const patches = new Map<Oid, readonly FilePatch[]>(leap ? [leap] : []);
  for (const landing of landings) patches.set(landing.oid, landing.patches);
  return { paths: new Set(paths), landings, patches };
}
