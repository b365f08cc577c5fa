import { readOwnPatches } from "../git/ownPatches";
import type { Hunk } from "../git/patch";
import type { Repo } from "../git/repo";
import { readTreeDiff } from "../git/treeDiff";
import type { Oid } from "../model/worktree";
import type { Examined } from "./examine";
import type { Decision } from "./judge";
import { Bag, squeeze } from "./text";

/** Where in the head a decision is shown, and which commit of the branch brought it about. */
export interface Place {
  readonly headPath: string | null;
  readonly headLine: number | null;
  readonly removedBy: { readonly oid: Oid; readonly subject: string } | null;
}

/** Places for the decisions that a person is shown in full. */
export async function findPlaces(
  repo: Repo,
  examined: Examined,
  decisions: readonly Decision[],
  signal?: AbortSignal,
): Promise<Map<Decision, Place>> {
  const { question, range, merged, facts } = examined;
  const places = new Map<Decision, Place>();
  if (decisions.length === 0) return places;
  const paths = [...new Set(decisions.flatMap(({ file: { patch } }) => [patch.oldPath, patch.newPath]))];
  const ahead = range.missing.size > 0;
  const [patches, moved] = await Promise.all([
    facts.own.length > 1 ? readOwnPatches(repo, question.base, question.head, paths, signal) : null,
    ahead ? readTreeDiff(repo, merged.tree, question.head, signal, paths) : [],
  ]);
  for (const decision of decisions) {
    const { patch } = decision.file;
    const gone = patch.status === "deleted";
    const hunk = decision.lines[0]?.hunk ?? patch.hunks[0];
    const there = moved.find((file) => file.oldPath === patch.newPath);
    places.set(decision, {
      headPath: gone ? null : patch.newPath,
      headLine: gone || !hunk ? null : Math.max(1, shift(there?.hunks ?? [], hunk.newStart)),
      removedBy: decision.removedBy ?? remover(decision, examined, patches),
    });
  }
  return places;
}

/** A line's number on the other side of some hunks. */
function shift(hunks: readonly Hunk[], line: number): number {
  let by = 0;
  for (const hunk of hunks) if (hunk.oldStart < line) by += hunk.added.length - hunk.removed.length;
  return line + by;
}

/** The commit of the branch whose own change takes out most of the lines. */
function remover(
  decision: Decision,
  { facts }: Examined,
  patches: Awaited<ReturnType<typeof readOwnPatches>> | null,
): { oid: Oid; subject: string } | null {
  const path = decision.file.patch.oldPath;
  const touching = facts.own.filter((commit) => commit.touched.some((touched) => touched.path === path));
  const plain = facts.own.filter((commit) => commit.parents.length < 2);
  const candidates = touching.length > 0 ? touching : plain.length === 1 ? plain : [];
  let best = candidates.length === 1 ? candidates[0] : undefined;
  if (!best && patches) {
    let most = 0;
    for (const commit of candidates) {
      const taken = new Bag();
      for (const file of patches.get(commit.oid) ?? [])
        if (file.oldPath === path)
          for (const hunk of file.hunks) for (const text of hunk.removed) taken.add(squeeze(text));
      const count = decision.lines.filter((line) => taken.take(squeeze(line.text))).length;
      if (count > most) [best, most] = [commit, count];
    }
  }
  return best ? { oid: best.oid, subject: best.subject } : null;
}
