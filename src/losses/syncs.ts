import { readBlobs } from "../git/catFile";
import { mergeBase } from "../git/commits";
import type { Range } from "../git/range";
import type { Repo } from "../git/repo";
import type { Oid } from "../model/worktree";
import { type Case, openLines, type SyncMerge } from "./case";
import type { GoneFile } from "./gone";
import { Bag, squeeze, telling } from "./text";

/** More merges than this on one branch are not looked into; the newest come first. */
const mostMerges = 12;
/** And no more versions of files than this: those that lose most come first. */
const mostVersions = 1200;
const largestFile = 1 << 20;

/** A merge on the branch: its own first side, and the side that it brought in. */
interface Sync {
  readonly oid: Oid;
  readonly ours: Oid;
  readonly theirs: Oid;
  /** Made on the target's own line, or on a branch of it: that side is the merge's first. */
  readonly intoTarget: boolean;
}

/** The newest merges on the branch that brought in commits from outside it; of an octopus, each of its arms. */
export function syncMerges({ own }: Range): Sync[] {
  const mine = new Set(own.map(({ oid }) => oid));
  return own
    .filter(({ parents }) => parents.length > 1 && parents.some((parent) => !mine.has(parent)))
    .slice(0, mostMerges)
    .flatMap(({ oid, parents }) => {
      const ours = parents.find((parent) => mine.has(parent)) ?? parents[0] ?? "";
      const brought = parents.filter((parent) => parent !== ours && !mine.has(parent));
      return brought.map((theirs) => ({ oid, ours, theirs, intoTarget: parents[0] === theirs }));
    });
}

/** Reads the sides of those merges that may have thrown away what they brought in. */
export async function readSyncs(
  repo: Repo,
  work: Case["work"],
  merges: readonly Sync[],
  signal: AbortSignal | undefined,
): Promise<SyncMerge[]> {
  const files = [...work.keys()]
    .filter((file) => openLines(file).some((line) => line.weight >= telling))
    .sort((a, b) => b.lines.length - a.lines.length)
    .slice(0, Math.ceil(mostVersions / (3 * Math.max(1, merges.length))));
  if (merges.length === 0 || files.length === 0) return [];
  const paths = files.map((file) => file.patch.oldPath);
  const names = merges.flatMap(({ oid, ours, theirs }) =>
    [oid, ours, theirs].flatMap((commit) => paths.map((path) => `${commit}:${path}`)),
  );
  const blobs = await readBlobs(repo, names, largestFile, signal);
  const text = (commit: string, path: string) => lines(blobs.get(`${commit}:${path}`) ?? null);
  const read = merges.map(async ({ oid, ours, theirs, intoTarget }): Promise<SyncMerge[]> => {
    const dropping = files.filter((file) => {
      const path = file.patch.oldPath;
      // A side that is too large to be looked at is unknown, not absent.
      const whole = [oid, ours, theirs].every((commit) => blobs.has(`${commit}:${path}`));
      return whole && drops(file, text(oid, path), text(theirs, path), text(ours, path));
    });
    if (dropping.length === 0) return [];
    const fork = await mergeBase(repo, ours, theirs);
    const before = await readBlobs(
      repo,
      fork ? dropping.map((file) => `${fork}:${file.patch.oldPath}`) : [],
      largestFile,
      signal,
    );
    const sides = dropping.map(({ patch: { oldPath } }) => {
      const base = lines(before.get(`${fork}:${oldPath}`) ?? null);
      return [
        oldPath,
        { result: text(oid, oldPath), ours: text(ours, oldPath), theirs: text(theirs, oldPath), base },
      ] as const;
    });
    return [{ oid, intoTarget, sides: new Map(sides) }];
  });
  return (await Promise.all(read)).flat();
}

/** Whether any line that the target loses stood more often on the target's side of the merge than on either other. */
function drops(
  file: GoneFile,
  result: string[] | null,
  theirs: string[] | null,
  ours: string[] | null,
): boolean {
  if (!theirs) return false;
  const wanted = new Set(
    openLines(file).flatMap(({ text, weight }) => (weight >= telling ? [squeeze(text)] : [])),
  );
  const count = (side: string[] | null) =>
    Bag.of((side ?? []).map(squeeze).filter((text) => wanted.has(text)));
  const [came, had, made] = [theirs, ours, result].map(count);
  return [...wanted].some((text) => {
    const brought = came?.count(text) ?? 0;
    return brought > (had?.count(text) ?? 0) && brought > (made?.count(text) ?? 0);
  });
}

function lines(blob: Buffer | null): string[] | null {
  return blob?.toString("latin1").split("\n") ?? null;
}
