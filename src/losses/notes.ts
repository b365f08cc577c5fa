import { readBlobs } from "../git/catFile";
import { readOwnCommits } from "../git/ownCommits";
import { utf8 } from "../git/quoted";
import type { Repo } from "../git/repo";
import type { CheckNote } from "../model/check";
import { branchLosses } from "./branchLoss";
import { named } from "./case";
import type { Examined } from "./examine";

/** What is no loss of the target and yet worth a word. */
export async function findNotes(repo: Repo, examined: Examined, signal?: AbortSignal): Promise<CheckNote[]> {
  const [missing, ineffective, dropped] = await Promise.all([
    ownWorkMissing(repo, examined, signal),
    ineffectiveDeletions(repo, examined, signal),
    branchLosses(repo, examined, signal),
  ]);
  return [...resurrected(examined), ...missing, ...ineffective, ...dropped, ...bounded(examined)];
}

/** A file that a recent landing deleted comes back exactly as it was. */
function resurrected({ facts }: Examined): CheckNote[] {
  const notes: CheckNote[] = [];
  for (const { patch } of facts.files) {
    if (patch.status !== "added") continue;
    for (const landing of facts.landings.values()) {
      const deleted = landing.touched.find(
        (touched) =>
          touched.status === "D" && touched.path === patch.newPath && touched.oldOid === patch.newOid,
      );
      if (!deleted) continue;
      const detail = `${named(landing)} had deleted this file; the merge brings it back as it was.`;
      notes.push({ code: "resurrected", path: utf8(patch.newPath), detail });
      break;
    }
  }
  return notes;
}

/** The branch's own work had landed and was taken out again: merging once more does not bring it back. */
async function ownWorkMissing(
  repo: Repo,
  { landings, range, question }: Examined,
  signal: AbortSignal | undefined,
): Promise<CheckNote[]> {
  const late = landings.filter(({ oid }) => range.missing.has(oid));
  const gone = new Map<string, { oid: string; landing: (typeof late)[number] }>();
  for (const [i, landing] of late.entries())
    for (const touched of landing.touched) {
      const came = late
        .slice(i + 1)
        .some((older) => older.touched.some((other) => other.path === touched.path && other.status === "A"));
      if (touched.status === "D" && came && !gone.has(touched.path))
        gone.set(touched.path, { oid: touched.oldOid, landing });
    }
  if (gone.size === 0) return [];
  const names = [...gone.keys()].map((path) => `${question.head}:${path}`);
  const blobs = await readBlobs(repo, names, undefined, signal);
  return [...gone]
    .filter(([path]) => blobs.get(`${question.head}:${path}`))
    .map(([path, { landing }]) => ({
      code: "own-work-missing" as const,
      path: utf8(path),
      detail: `This had landed and ${named(landing)} took it out again; merging the branch does not bring it back. Revert that commit to have it again.`,
    }));
}

/** The branch deletes a file that it never shared with the target: the target keeps its own. */
async function ineffectiveDeletions(
  repo: Repo,
  { landings, range, question, facts }: Examined,
  signal: AbortSignal | undefined,
): Promise<CheckNote[]> {
  if (range.own.length < 2) return [];
  const added = new Map<string, (typeof landings)[number]>();
  for (const landing of landings)
    if (range.missing.has(landing.oid))
      for (const touched of landing.touched) if (touched.status === "A") added.set(touched.path, landing);
  if (added.size === 0) return [];
  const own =
    facts.own.length > 0 ? facts.own : await readOwnCommits(repo, question.base, question.head, signal);
  const really = new Set(
    facts.files.filter(({ patch }) => patch.status !== "changed").map(({ patch }) => patch.oldPath),
  );
  const notes: CheckNote[] = [];
  for (const [path, landing] of added) {
    const last = own.flatMap((commit) => commit.touched.filter((touched) => touched.path === path))[0];
    if (last?.status !== "D" || really.has(path)) continue;
    const detail = `The branch deletes or renames this file, but ${named(landing)} landed it on its own: it stays after the merge.`;
    notes.push({ code: "ineffective-deletion", path: utf8(path), detail });
  }
  return notes;
}

function bounded({ facts: { unfollowed } }: Examined): CheckNote[] {
  if (unfollowed.length === 0) return [];
  const detail = `${unfollowed.length} changed files were compared, but not followed back through history: the change is too large.`;
  return [{ code: "bounded", path: null, detail }];
}
