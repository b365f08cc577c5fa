import type { PathChange, TreeEntry } from "../git/rawChanges";
import type { Arrivals } from "./arrivals";
import type { Branch } from "./branch";
import { type FileComparison, isContained, newWithLanding } from "./containedText";
import type { Effect } from "./effect";
import { candidatesFor, hasEffect } from "./introduce";
import type { Lab } from "./lab";
import type { Landings } from "./landings";

// Fewer lines than this may be the same by chance.
const fewestLines = 3;

/**
 * Proves that all that is left of a branch came in with a landing into which somebody wrote more lines, right beside
 * the branch's own. The weakest proof, so it wants every line in its place.
 */
export async function proveContained(
  lab: Lab,
  landings: Landings,
  branch: Branch,
  arrivals: Arrivals,
): Promise<void> {
  if (arrivals.allSettled) return;
  const from = arrivals.frontier;
  const to = branch.line.length - 1;
  const effect = await branch.effectBetween(lab, landings, from, to);
  if (!effect) return;
  const since = branch.since(branch.head);
  for (const index of await candidatesFor(lab, landings, effect, since)) {
    const lines = await linesContained(lab, landings, effect, since, index);
    if (lines === null || lines < fewestLines) continue;
    const starts = Array.from({ length: to - from - 1 }, (_, i) => from + 1 + i);
    const ends = await Promise.all(
      starts.map(async (start) => {
        const end = await branch.effectBetween(lab, landings, start, to);
        return end !== null && (await isThere(lab, landings, end, since, index));
      }),
    );
    if (ends.includes(false)) continue;
    arrivals.note(
      branch.own.map(({ oid }) => oid),
      { as: landings.at(index).oid, index, proof: "contained" },
    );
    return;
  }
}

/** Whether a landing has an effect, by a merge or else by its lines. */
async function isThere(
  lab: Lab,
  landings: Landings,
  effect: Effect,
  since: number,
  index: number,
): Promise<boolean> {
  const has = await hasEffect(lab, landings, effect, index);
  if (has !== "conflict") return has === "yes";
  return (await compareAll(lab, landings, effect, since, index))?.every(isContained) ?? false;
}

/** How many lines the landing brought of the effect's; null when it does not have them all, or had some before. */
async function linesContained(
  lab: Lab,
  landings: Landings,
  effect: Effect,
  since: number,
  index: number,
): Promise<number | null> {
  // A merge without conflict says by itself whether the effect is there.
  if ((await hasEffect(lab, landings, effect, index)) !== "conflict") return null;
  const files = await compareAll(lab, landings, effect, since, index);
  if (!files?.every(isContained)) return null;
  const counts = files.map(newWithLanding);
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}

/** The files whose content alone does not settle it; null when some path certainly differs. */
async function compareAll(
  lab: Lab,
  landings: Landings,
  effect: Effect,
  since: number,
  index: number,
): Promise<FileComparison[] | null> {
  const files: FileComparison[] = [];
  for (const change of effect.changes) {
    const entry = landings.entryAt(change, since, index) ?? null;
    if (change.new === null || entry === null) {
      if (change.new !== entry) return null;
      continue;
    }
    if (change.old?.mode !== change.new.mode && entry.mode !== change.new.mode) return null;
    const parent = landings.entryAt(change, since, index - 1);
    const compared = await compare(
      lab,
      change,
      change.new,
      entry,
      parent === undefined ? change.old : parent,
    );
    if (!compared) return null;
    files.push(compared);
  }
  return files;
}

async function compare(
  lab: Lab,
  change: PathChange,
  changed: TreeEntry,
  entry: TreeEntry,
  parent: TreeEntry | null,
): Promise<FileComparison | null> {
  const after = await lab.text(changed.oid);
  const landed = await lab.text(entry.oid);
  const before = change.old ? await lab.text(change.old.oid) : [];
  if (!before || !after || !landed) return null;
  const whole = { oldStart: 0, oldCount: 0, newStart: 1, newCount: after.length };
  const hunks = change.old ? await lab.hunks(change.old.oid, changed.oid) : [whole];
  const toLanded = await lab.hunks(changed.oid, entry.oid);
  const toParent = parent && (await lab.hunks(changed.oid, parent.oid));
  if (!hunks || !toLanded || (parent && !toParent)) return null;
  return { before, after, landed, change: hunks, toLanded, toParent };
}
