import type { Oid } from "../model/worktree";
import type { Effect } from "./effect";
import type { Lab, Place } from "./lab";
import type { Landings, Span } from "./landings";

/** How an effect stands to one landing. */
export interface Trial {
  /** Done on the landing's parent it gives exactly the landing. */
  readonly replayed: boolean;
  /** Doing it again on the landing changes nothing, doing it on its parent does (or conflicts). */
  readonly absorbed: boolean;
  /** Doing it on the landing would change it, cleanly: then it is not in there, whatever else is. */
  readonly missing: boolean;
}

export function placeOf(landings: Landings, index: number): Place {
  const { oid, tree } = landings.at(index);
  return { oid, tree };
}

/** Null: git could not try it. */
export async function tryOn(
  lab: Lab,
  landings: Landings,
  effect: Effect,
  index: number,
): Promise<Trial | null> {
  if (effect.kind === "trees" && landings.hasExactly(effect.changes, index)) {
    const made = landings.madeBy(effect.changes, index);
    // Then no merge has to be tried: after the landing both sides agree, and before it only the effect was missing.
    const whole = made === landings.at(index).changes.length && made === effect.changes.length;
    if (made > 0) return { replayed: whole, absorbed: true, missing: false };
  }
  const texts = await tryOnTexts(lab, landings, effect, index);
  if (texts) return texts;
  const after = placeOf(landings, index);
  const before = placeOf(landings, index - 1);
  const [onBefore, onAfter] = await Promise.all([lab.apply(effect, before), lab.apply(effect, after)]);
  if (!onBefore || !onAfter) return null;
  const hadIt = onBefore.clean && onBefore.tree === before.tree;
  const hasIt = onAfter.clean && onAfter.tree === after.tree;
  return {
    replayed: onBefore.clean && onBefore.tree === after.tree && !hadIt,
    absorbed: hasIt && !hadIt,
    missing: onAfter.clean && !hasIt,
  };
}

/** The same of an effect that edits files and does nothing else, by their texts; null: only git can tell. */
async function tryOnTexts(
  lab: Lab,
  landings: Landings,
  effect: Effect,
  index: number,
): Promise<Trial | null> {
  const [onBefore, onAfter] = await Promise.all([
    editsOn(lab, landings, effect, index - 1),
    editsOn(lab, landings, effect, index),
  ]);
  if (!onBefore || !onAfter) return null;
  const hadIt = onBefore.every(isThere);
  const hasIt = onAfter.every(isThere);
  const edited = new Set(effect.changes.map(({ path }) => path));
  const gives =
    onBefore.every(({ made }, i) => made === onAfter[i]?.was) &&
    landings.at(index).changes.every(({ path }) => edited.has(path));
  return { replayed: gives && !hadIt, absorbed: hasIt && !hadIt, missing: !hasIt };
}

/** What a file is at a place, and what an effect would make of it there. */
interface Edit {
  readonly was: Oid;
  readonly made: Oid;
}

function isThere({ was, made }: Edit): boolean {
  return was === made;
}

/** Of each of an effect's changes in turn. A file that both sides have under its name is never taken for a moved one. */
async function editsOn(
  lab: Lab,
  landings: Landings,
  { kind, changes }: Effect,
  index: number,
): Promise<Edit[] | null> {
  if (kind !== "trees" || changes.length === 0) return null;
  const edits: { base: Oid; was: Oid; theirs: Oid }[] = [];
  for (const { path, old, new: entry } of changes) {
    const now = landings.fileAt(path, index);
    if (!old || !entry || !now?.mode.startsWith("100")) return null;
    if (old.mode !== now.mode || entry.mode !== now.mode) return null;
    edits.push({ base: old.oid, was: now.oid, theirs: entry.oid });
  }
  const made = await Promise.all(edits.map(({ base, was, theirs }) => lab.mergedText(base, was, theirs)));
  return made.some((oid) => oid === null) ? null : edits.map(({ was }, i) => ({ was, made: made[i] ?? "" }));
}

/**
 * The landings after `since` and up to `last` that may have brought the effect in, told by paths and lines alone; oldest
 * first. Paths that few landings touch are looked at first: they mostly rule out the rest.
 */
export async function candidatesFor(
  lab: Lab,
  landings: Landings,
  effect: Effect,
  since: number,
  last = landings.tip,
): Promise<number[]> {
  const { changes } = effect;
  if (!changes.every(({ path }) => landings.isTouchedAfter(path, since))) return [];
  const removes = changes.some((change) => change.new === null);
  const stories = changes
    .map((change) => ({
      change,
      spans: landings.spansAfter(change, since).filter(({ from }) => from <= last),
    }))
    .sort((a, b) => a.spans.length - b.spans.length);
  let possible: readonly Span[] = [{ from: since + 1, to: last }];
  for (const { change, spans } of stories) {
    const met = spans.filter((span) => possible.some((other) => meet(span, other)));
    const may = await Promise.all(met.map(({ entry }) => lab.mayHold(change, entry, removes)));
    const holding = met.filter((_, i) => may[i]);
    // Lines that only the branch ever had are gone everywhere, and nobody has to have taken them away.
    if (holding.length > 0 && !(await lab.couldTake(change, spans))) return [];
    possible = possible.flatMap((span) => holding.flatMap((other) => meet(span, other) ?? []));
    if (possible.length === 0) return [];
  }
  // Only a landing that touches one of the paths can have brought it.
  const touching = new Set(stories.flatMap(({ spans }) => spans.map(({ from }) => from)));
  return [...touching]
    .filter((index) => possible.some(({ from, to }) => from <= index && index <= to))
    .sort((a, b) => a - b);
}

function meet(one: Span, other: Span): Span | null {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from <= to ? { from, to } : null;
}

/** The first landing after `since` with which the effect came in; null when there is none. */
export async function firstWith(
  lab: Lab,
  landings: Landings,
  effect: Effect,
  since: number,
): Promise<{ index: number; replayed: boolean } | null> {
  // Mostly it came in just as it is, and only what was before that has to be looked at.
  const exact = effect.kind === "trees" ? landings.firstWithExactly(effect.changes, since) : null;
  const possible = await candidatesFor(lab, landings, effect, since, exact ?? landings.tip);
  const candidates = possible.slice(0, mostTried);
  let some: number[];
  for (let at = 0; at < candidates.length; at += some.length) {
    some = candidates.slice(at, at + (at === 0 ? 1 : atOnce));
    const trials = await Promise.all(some.map((index) => tryOn(lab, landings, effect, index)));
    for (const [i, index] of some.entries()) {
      const trial = trials[i];
      if (trial?.absorbed) return { index, replayed: trial.replayed };
    }
  }
  return null;
}

// The first is mostly the one; after it, candidates are tried side by side.
const atOnce = 8;
// Hundreds look alike only where a change is all removals or moved lines in a file that everybody edits.
const mostTried = 400;

/** Whether a landing's content has the effect: doing it again changes nothing there. Null: git could not try it. */
export async function hasEffect(
  lab: Lab,
  landings: Landings,
  effect: Effect,
  index: number,
): Promise<"yes" | "no" | "conflict" | null> {
  if (effect.kind === "trees" && landings.hasExactly(effect.changes, index)) return "yes";
  const edits = await editsOn(lab, landings, effect, index);
  if (edits) return edits.every(isThere) ? "yes" : "no";
  const { oid, tree } = landings.at(index);
  const result = await lab.apply(effect, { oid, tree });
  if (result === null) return null;
  return !result.clean ? "conflict" : result.tree === tree ? "yes" : "no";
}
