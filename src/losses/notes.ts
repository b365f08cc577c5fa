import { haveBlobs } from "../git/catFile";
import { type LandedChange, readLandedChanges } from "../git/landings";
import type { FilePatch } from "../git/patch";
import { utf8 } from "../git/quoted";
import type { Repo } from "../git/repo";
import type { CheckNote } from "../model/check";
import { branchLosses } from "./branchLoss";
import { named } from "./case";
import type { Examined } from "./examine";

/** More paths than this are not looked up: a branch that is years behind lacks everything. */
const mostPaths = 200;

/** What is no loss of the target and yet worth a word. */
export async function findNotes(repo: Repo, examined: Examined, signal?: AbortSignal): Promise<CheckNote[]> {
  const deleted = deletedInVain(examined);
  const taken = await takenOut(repo, examined, signal);
  const [late, dropped] = await Promise.all([
    lateChanges(repo, examined, [...taken, ...deleted], signal),
    branchLosses(repo, examined, signal),
  ]);
  return [
    ...resurrected(examined),
    ...ownWorkMissing(taken, late),
    ...ineffectiveDeletions(deleted, late),
    ...dropped,
    ...bounded(examined),
  ];
}

/** What landed on some paths since the branch was left behind, newest first. */
async function lateChanges(
  repo: Repo,
  { question, late }: Examined,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<LandedChange[]> {
  if (paths.length === 0 || late.newest === null) return [];
  return readLandedChanges(repo, { tip: question.base, without: late.newest, paths }, { signal });
}

/** A file that a recent landing deleted comes back exactly as it was. */
function resurrected({ facts }: Examined): CheckNote[] {
  const notes: CheckNote[] = [];
  for (const { patch } of facts.files) {
    if (patch.status !== "added") continue;
    for (const landing of facts.landings.values()) {
      const deleted = landing.patches.some(
        ({ status, oldPath, oldOid }) =>
          status === "deleted" && oldPath === patch.newPath && oldOid === patch.newOid,
      );
      if (!deleted) continue;
      const detail = `${named(landing)} had deleted this file; the merge brings it back as it was.`;
      notes.push({ code: "resurrected", path: utf8(patch.newPath), detail });
      break;
    }
  }
  return notes;
}

/** Files of the head that the target has not, had not where the branch left, and does not get by the merge. */
async function takenOut(
  repo: Repo,
  { twoDot, late, facts, merged }: Examined,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const comes = new Set(facts.files.map(({ patch }) => patch.newPath));
  for (const path of merged.conflicts) comes.add(path);
  const paths = (twoDot?.created ?? []).filter((path) => !comes.has(path)).slice(0, mostPaths);
  const had = await haveBlobs(
    repo,
    paths.map((path) => `${late.newest}:${path}`),
    signal,
  );
  return paths.filter((path) => !had.has(`${late.newest}:${path}`));
}

/** The branch's own work had landed and was taken out again: merging once more does not bring it back. */
function ownWorkMissing(paths: readonly string[], late: readonly LandedChange[]): CheckNote[] {
  return paths.flatMap((path) => {
    const took = late.findIndex(({ patches }) => patches.some((patch) => takes(patch, path)));
    const landing = late[took];
    const came = late
      .slice(took + 1)
      .some(({ patches }) => patches.some(({ status, newPath }) => status === "added" && newPath === path));
    if (!landing || !came) return [];
    const detail = `This had landed and ${named(landing)} took it out again; merging the branch does not bring it back. Revert that commit to have it again.`;
    return [{ code: "own-work-missing" as const, path: utf8(path), detail }];
  });
}

function takes({ status, oldPath }: FilePatch, path: string): boolean {
  return (status === "deleted" || status === "renamed") && oldPath === path;
}

/** Files of the target that the branch had, too, and whose last change there was to delete them. */
function deletedInVain({ twoDot, own, facts }: Examined): string[] {
  if (!twoDot) return [];
  const really = new Set(
    facts.files.filter(({ patch }) => patch.status !== "changed").map(({ patch }) => patch.oldPath),
  );
  const last = new Map<string, boolean>();
  for (const { touched } of own)
    for (const { path, new: left } of touched) if (!last.has(path)) last.set(path, left !== null);
  return twoDot.deleted.filter((path) => last.get(path) === false && !really.has(path)).slice(0, mostPaths);
}

/** The branch deletes a file that it never shared with the target: the target keeps its own. */
function ineffectiveDeletions(paths: readonly string[], late: readonly LandedChange[]): CheckNote[] {
  return paths.flatMap((path) => {
    const landing = late.find(({ patches }) =>
      patches.some(({ status, newPath }) => status === "added" && newPath === path),
    );
    if (!landing) return [];
    const detail = `The branch deletes or renames this file, but ${named(landing)} landed it on its own: it stays after the merge.`;
    return [{ code: "ineffective-deletion" as const, path: utf8(path), detail }];
  });
}

function bounded({ facts: { unfollowed } }: Examined): CheckNote[] {
  if (unfollowed.size === 0) return [];
  const detail = `${unfollowed.size} changed files were compared, but not followed back through history: the change is too large.`;
  return [{ code: "bounded", path: null, detail }];
}
