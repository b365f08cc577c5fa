import { type Case, type Claim, named, openLines } from "../case";
import type { Undone } from "../undone";

/**
 * The file is, byte for byte, what it was before one of the last landings: a stale copy. Holds for submodule pointers,
 * binaries and modes too. A file that heals (the target's own content is an older version again) is none.
 */
export function oldVersion(facts: Case): Claim[] {
  const claims: Claim[] = [];
  for (const [file, works] of facts.work) {
    const { patch } = file;
    if (patch.status === "deleted") continue;
    const at = works.findIndex((work) => isBefore(work, file.patch));
    const match = works[at];
    if (!match || heals(works, at)) continue;
    const undone = works.slice(0, at + 1).filter((work) => facts.landings.get(work.landing)?.inHead);
    const landing = facts.landings.get(match.landing);
    if (undone.length === 0 || !landing) continue;
    const back = undone.reduce((sum, work) => sum + work.back, 0);
    const lines = openLines(file);
    if (patch.hunks.length > 0 && lines.length === 0 && back < 3) continue;
    claims.push({
      code: "old-version",
      file,
      lines,
      landings: undone.map((work) => work.landing),
      confidence: "likely",
      detail: `The file is exactly what it was before ${named(landing)} landed.`,
    });
  }
  return claims;
}

function isBefore(work: Undone, now: Undone["file"]["patch"]): boolean {
  const before = work.step.patch;
  if (now.newOid !== null) return before.oldOid === now.newOid && before.oldOid !== before.newOid;
  return before.oldMode === now.newMode && before.oldMode !== before.newMode;
}

/** Whether what is undone had itself put an older version back. */
function heals(works: readonly Undone[], at: number): boolean {
  return works.slice(0, at + 1).some((work, i) => undoesOlder(works, i, work.step.patch.newOid));
}

export function undoesOlder(works: readonly Undone[], at: number, made: string | null): boolean {
  return made !== null && works.slice(at + 1).some((older) => older.step.patch.oldOid === made);
}
