import type { Writes } from "../git/fastImport";
import type { Place } from "../landing/lab";
import type { Study } from "../landing/study";
import type { Oid } from "../model/worktree";
import { mergeFromBehind, mergeWhole } from "./agree";
import type { BothMerged } from "./begin";
import type { Gathered } from "./gather";
import { type Picked, placeWith, type Replayed, replay, type Step, type Workshop } from "./replay";

/** Commits that conflict, and come along all the same: as one more commit at the end. */
export interface Together {
  readonly commits: readonly Oid[];
  readonly writes: Writes;
}

/** What picking gives, and whether merging the branch as a whole gives the same. */
export interface Tried extends Replayed {
  readonly together: Together | null;
  /** Commits that conflict, and of which the branch's later ones leave nothing. */
  readonly moot: ReadonlySet<Oid>;
  readonly verified: boolean;
  /** What merges on the branch hold and the result has not: text of their own, or a loss of the target's work. */
  readonly left: "nothing" | "text" | "harm";
}

/**
 * Picks the steps, and checks that by a second way. `head` is the branch's. `loss`: how much a commit would take from
 * the target's work.
 */
export async function tryOut(
  workshop: Workshop,
  study: Study,
  { branch, resolutions, items }: Gathered,
  head: Place,
  onto: Place,
  steps: readonly Step[],
  merging: Promise<BothMerged>,
  loss: (commit: Oid) => Promise<number>,
): Promise<Tried> {
  const picks = new Set(steps.map(({ oid }) => oid));
  const behind = new Set(
    items.flatMap(({ landing: { oid, fate } }) => (picks.has(oid) || fate === "empty" ? [] : [oid])),
  );
  const plain = { together: null, moot: new Set<Oid>(), left: "nothing" as const };
  // What landed is on both sides then, and a merge takes it once: mostly that agrees, and nothing else has to be tried.
  const { written, deleted } = await merging.then((both) =>
    resolutions.length > 0 ? { ...both, written: null } : both,
  );
  const there = {
    deleted,
    nameOf: (path: string) => (deleted.has(path) ? path : study.landings.nameNow(path)),
  };
  const picking = replay(workshop, onto, steps, { written, there });
  if (written !== null) {
    const { picked, place } = await picking;
    if (place.tree === written && conflicted(picked).length === 0)
      return { picked, place, ...plain, verified: true };
  }
  const [whole, quick] = await Promise.all([mergeWhole(study, branch, onto, behind), picking]);
  const merged = whole.merged?.clean ? whole.merged.tree : null;
  const stuck = conflicted(quick.picked);
  let left: Tried["left"] = resolutions.length > 0 ? "text" : "nothing";
  if (merged !== null && whole.exact && (stuck.length > 0 || resolutions.length > 0)) {
    if (merged === quick.place.tree) return { ...quick, ...plain, moot: new Set(stuck), verified: true };
    // Once more, so that what it makes stays.
    await mergeWhole(workshop, branch, onto, behind);
    const changes = await workshop.lab.changes(quick.place.tree, merged);
    const writes = new Map(changes.map(({ path, new: entry }) => [path, entry]));
    const place = await placeWith(workshop, quick.place, writes);
    const [without, withIt] = await Promise.all([loss(quick.place.oid), loss(place.oid)]);
    if (Number.isFinite(withIt) && withIt <= without) {
      const verified = (await mergeFromBehind(workshop, head, onto, steps)) === merged;
      return { ...quick, ...plain, place, together: { commits: stuck, writes }, verified };
    }
    left = "harm";
  }
  const agrees = async ({ picked, place: { tree } }: Replayed): Promise<boolean> => {
    if (merged === tree && conflicted(picked).length === 0) return true;
    const clean = new Set(picked.filter(({ outcome }) => outcome === "clean").map(({ oid }) => oid));
    const taken = steps.filter(({ oid }) => clean.has(oid));
    return (await mergeFromBehind(workshop, head, onto, taken)) === tree;
  };
  if (await agrees(quick)) return { ...quick, ...plain, left, verified: true };
  // Two ways that differ: then git itself says what each pick gives.
  const strict = await replay(workshop, onto, steps, { strict: true });
  return { ...strict, ...plain, left, verified: await agrees(strict) };
}

function conflicted(picked: readonly Picked[]): Oid[] {
  return picked.filter(({ outcome }) => outcome === "conflict").map(({ oid }) => oid);
}
