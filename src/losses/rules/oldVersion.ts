import { utf8 } from "../../git/quoted";
import { type Case, type Claim, type KnownLanding, named, openLines } from "../case";
import type { GoneFile } from "../gone";
import { Bag, squeeze, telling, weight } from "../text";
import type { Undone } from "../undone";
import { fewest, isAlone } from "./setBack";
import { isOld, isRevert } from "./takenBack";

/**
 * The file is, byte for byte, what it was before one of the last landings: a stale copy. Holds for submodule pointers,
 * binaries and modes too. A file that heals (the target's own content is an older version again) is none.
 */
export function oldVersion(facts: Case): Claim[] {
  const claims: Claim[] = [];
  for (const [file, works] of facts.work) {
    const { patch } = file;
    if (patch.status === "deleted") {
      claims.push(...oldElsewhere(facts, file, works));
      continue;
    }
    const same = works.findIndex((work) => isBefore(work, file.patch));
    const at = same === -1 ? works.findIndex((_, i) => readsAsBefore(file, works.slice(0, i + 1))) : same;
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
      confidence: isFaint(file, undone) ? "unsure" : "likely",
      asked: isPerhapsMeant(facts, undone, landing),
      detail: `The file is exactly what it was before ${named(landing)} landed.`,
    });
  }
  return claims;
}

/** A few lines that only go may well be taken out on purpose: a stale copy mostly brings others back. */
function isFaint(file: GoneFile, undone: readonly Undone[]): boolean {
  // Of a file that is too large for its history to be read line by line nobody knows what came back.
  if (file.patch.hunks.length === 0 || undone.some(({ back, step }) => back > 0 || step.patch.binary))
    return false;
  return undone.length === 1 && undone.every(({ lost }) => lost.length < fewest);
}

/** A revert that is undone, or a few lines of long ago. */
function isPerhapsMeant(facts: Case, undone: readonly Undone[], landing: KnownLanding): boolean {
  const [only, ...more] = undone;
  if (!only || more.length > 0 || only.file.patch.hunks.length === 0) return false;
  if (isRevert(landing.subject)) return true;
  const { back, lost, step } = only;
  const isTiny = back < fewest && lost.length < fewest && !step.patch.binary;
  return isTiny && isOld(landing) && isAlone(facts, landing);
}

/** Deleted here, and there under another name as it was before a landing: git sees no move in it. */
function oldElsewhere(facts: Case, file: GoneFile, works: readonly Undone[]): Claim[] {
  for (const { patch } of facts.files) {
    if (patch.status !== "added" || patch.newOid === null) continue;
    const at = works.findIndex(({ step }) => step.patch.oldOid === patch.newOid);
    const undone = works.slice(0, at + 1).filter((work) => facts.landings.get(work.landing)?.inHead);
    const landing = facts.landings.get(works[at]?.landing ?? "");
    if (undone.length === 0 || !landing || heals(works, at)) continue;
    return [
      {
        code: "old-version",
        file,
        lines: openLines(file),
        landings: undone.map((work) => work.landing),
        confidence: "likely",
        detail: `${utf8(patch.newPath)} is exactly what this file was before ${named(landing)} landed.`,
      },
    ];
  }
  return [];
}

function isBefore(work: Undone, now: Undone["file"]["patch"]): boolean {
  const before = work.step.patch;
  if (now.newOid !== null) return before.oldOid === now.newOid && before.oldOid !== before.newOid;
  return before.oldMode === now.newMode && before.oldMode !== before.newMode;
}

/** Whether the file reads as it did before some landings, whatever its white space and line ends. */
function readsAsBefore(file: GoneFile, works: readonly Undone[]): boolean {
  if (works.some((work) => work.stood === 0 || work.lost.length < work.stood)) return false;
  const lost = new Set(works.flatMap((work) => work.lost));
  if (!openLines(file).every((line) => line.weight < telling || lost.has(line))) return false;
  const old = Bag.of(works.flatMap((work) => work.places.flatMap(({ back }) => back.map(squeeze))));
  const comes = [...file.fresh.values()].flat().filter((text) => weight(text) >= telling);
  return comes.every((text) => old.take(squeeze(text)));
}

/** Whether what is undone had itself put an older version back. */
function heals(works: readonly Undone[], at: number): boolean {
  return works.slice(0, at + 1).some((work, i) => undoesOlder(works, i, work.step.patch.newOid));
}

export function undoesOlder(works: readonly Undone[], at: number, made: string | null): boolean {
  return made !== null && works.slice(at + 1).some((older) => older.step.patch.oldOid === made);
}
