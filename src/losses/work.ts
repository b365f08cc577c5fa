import { readLandedPaths } from "../git/landedPaths";
import type { LandedChange } from "../git/landings";
import type { FilePatch } from "../git/patch";
import type { PathChange } from "../git/rawChanges";
import type { Repo } from "../git/repo";
import type { Oid } from "../model/worktree";
import { type FileHistory, readFileHistory } from "./fileHistory";
import type { GoneFile } from "./gone";
import type { Read } from "./readCase";
import { trace } from "./trace";
import { type Undone, undone } from "./undone";

/** What the branch does to each landing's work, per file and newest landing first. */
export type Work = ReadonlyMap<GoneFile, readonly Undone[]>;

/** A file that moved more often than this within the landings that are looked at is not followed further. */
const mostMoves = 3;
/** More files than this that went with one landing are too many to be asked about. */
const mostNames = 8;

/** Traces the files back, also under the names that they had before a landing moved them. */
export async function traceWork(
  repo: Repo,
  { question, late, followed, history }: Read,
  signal: AbortSignal | undefined,
): Promise<{ landings: LandedChange[]; work: Work }> {
  const histories = new Map(followed.map((file) => [file, history]));
  for (let moves = 0; ; moves++) {
    const work = new Map(
      [...histories].map(([file, { patches }]) => [file, undone(file, trace(file.patch.oldPath, patches))]),
    );
    const read = together([...new Set(histories.values())]);
    const older = moves < mostMoves ? await olderNames(repo, work, read, signal) : [];
    const fresh = older.filter(({ file, names }) => !names.every((name) => isKnown(histories, file, name)));
    if (fresh.length === 0) return { landings: read, work };
    const reading = fresh.map(async ({ file, names }) => {
      const known = histories.get(file);
      const before = known && known !== history ? [...known.paths] : [file.patch.oldPath];
      const paths = [...new Set([...before, ...names])];
      histories.set(file, await readFileHistory(repo, question, { late, paths }, signal));
    });
    await Promise.all(reading);
  }
}

function isKnown(histories: ReadonlyMap<GoneFile, FileHistory>, file: GoneFile, name: string): boolean {
  return histories.get(file)?.paths.has(name) === true;
}

/** The names that files may have had before the landings that seem to have made them. */
async function olderNames(
  repo: Repo,
  work: Work,
  landings: readonly LandedChange[],
  signal: AbortSignal | undefined,
): Promise<{ file: GoneFile; names: string[] }[]> {
  // Before the history began nothing had a name, and what it began with is long to tell.
  const begun = new Set(landings.flatMap(({ oid, parents }) => (parents.length === 0 ? [oid] : [])));
  const arrivals = [...work].flatMap(([file, works]) => {
    const last = works.at(-1);
    return last && !begun.has(last.landing) && cameWhole(file, last) ? [{ file, last }] : [];
  });
  const oids = [...new Set(arrivals.map(({ last }) => last.landing))];
  const landed = await readLandedPaths(repo, oids, signal);
  return arrivals.flatMap(({ file, last }) => {
    const went = (landed.get(last.landing) ?? []).filter((one) => one.new === null);
    const [same, similar] = [isSame, isSimilar].map((may) => went.filter((one) => may(one, last.step.patch)));
    const names = (same?.length ? same : similar?.length ? similar : went).map(({ path }) => path);
    return names.length > 0 && names.length <= mostNames ? [{ file, names }] : [];
  });
}

/** Whether a landing seems to have made the file, and that matters: lines of it go, and something comes in their place. */
function cameWhole({ patch }: GoneFile, { step, lost }: Undone): boolean {
  if (step.patch.status !== "added") return false;
  const replaced = patch.status !== "changed" || patch.hunks.some(({ added }) => added.length > 0);
  return patch.binary || (lost.length > 0 && replaced);
}

/** Whether a file that went is probably the one that came; git tells for sure when it is asked about both. */
function isSame(went: PathChange, came: FilePatch): boolean {
  return went.old?.oid === came.newOid || fileName(went.path) === fileName(came.newPath);
}

function isSimilar(went: PathChange, came: FilePatch): boolean {
  const ending = (path: string) => /\.\w+$/.exec(path)?.[0];
  return ending(went.path) === ending(came.newPath);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function together(histories: readonly FileHistory[]): LandedChange[] {
  const landings = new Map<Oid, LandedChange>();
  for (const landing of histories.flatMap((history) => history.landings)) {
    const known = landings.get(landing.oid)?.patches ?? [];
    landings.set(landing.oid, { ...landing, patches: [...known, ...landing.patches] });
  }
  return [...landings.values()];
}
