import type { Oid } from "../../model/worktree";
import { type Case, type Claim, type KnownLanding, named, openLines } from "../case";
import type { GoneFile } from "../gone";
import type { Undone } from "../undone";
import { isGenerated } from "./generated";
import { countPlain, isDropped } from "./neverSeen";

/**
 * Judges by the landing: where one file proves that a landing is undone, its other files that are gone as a whole are
 * part of it, as surely as that one; and two landings undone completely by one branch are an old tree, not two wishes.
 */
export function together(
  facts: Case,
  claims: readonly Claim[],
  doubted: ReadonlySet<Claim>,
  cleared: ReadonlySet<GoneFile>,
): Claim[] {
  const strong = claims.filter((claim) => claim.confidence !== "unsure");
  const sure = strong.filter((claim) => !doubted.has(claim));
  const proven = new Set(sure.flatMap((claim) => claim.landings));
  const perhaps = new Set(strong.flatMap((claim) => claim.landings));
  const byLanding = goneByLanding(facts, cleared);
  const complete = [...byLanding].filter(([oid, gone]) => {
    const landing = facts.landings.get(oid);
    return isNearlyWhole(landing, gone.length) && gone.some(({ work }) => dropsWithoutSuccessor(work));
  });
  const found: Claim[] = [];
  for (const [oid, gone] of byLanding) {
    const landing = facts.landings.get(oid);
    if (!landing) continue;
    const several = complete.length >= 2 && complete.some(([other]) => other === oid);
    const isLikely = proven.has(oid) || several;
    if (!isLikely && !perhaps.has(oid)) continue;
    const told = isLikely ? sure : strong;
    for (const { file, work } of gone) {
      if (told.some((claim) => claim.file === file)) continue;
      found.push({
        code: perhaps.has(oid) ? "undone-here-too" : "undone-together",
        file,
        lines: work.wholeFile ? openLines(file) : work.lost,
        landings: [oid],
        confidence: "likely",
        asked: !isLikely,
        detail: perhaps.has(oid)
          ? `${named(landing)} is undone in other files of this branch too.`
          : `The branch undoes ${complete.length} landings completely, ${named(landing)} among them.`,
      });
    }
  }
  return found;
}

/** What of each landing is gone, file by file; as in its size, files that a program writes do not count. */
export function goneByLanding(facts: Case, cleared: ReadonlySet<GoneFile> = nothing): Map<Oid, Gone[]> {
  const known = cleared === nothing ? goneIn.get(facts) : undefined;
  if (known) return known;
  const byLanding = new Map<Oid, Gone[]>();
  for (const [file, works] of facts.work) {
    if (cleared.has(file) || isGenerated(file.patch.oldPath)) continue;
    for (const work of works) {
      if (!facts.landings.get(work.landing)?.inHead || !isDropped(work)) continue;
      const gone = byLanding.get(work.landing);
      if (gone) gone.push({ file, work });
      else byLanding.set(work.landing, [{ file, work }]);
    }
  }
  if (cleared === nothing) goneIn.set(facts, byLanding);
  return byLanding;
}

interface Gone {
  readonly file: GoneFile;
  readonly work: Undone;
}

const nothing: ReadonlySet<GoneFile> = new Set();
/** It is asked for with each question. */
const goneIn = new WeakMap<Case, Map<Oid, Gone[]>>();

/** Whether hardly a file that somebody wrote is left of it as the landing made it. */
export function isNearlyWhole(landing: KnownLanding | undefined, files: number): boolean {
  return files >= 0.8 * (landing?.size ?? 0);
}

function dropsWithoutSuccessor(work: Undone): boolean {
  return work.wholeFile || countPlain(work) >= 3;
}
