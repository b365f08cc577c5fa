import { uncommitted } from "../../model/check";
import { type Case, type Claim, openLines, type SyncMerge } from "../case";
import type { GoneFile, GoneLine } from "../gone";
import { align } from "../restore/align";
import { Bag, squeeze, telling, tokens, weight } from "../text";

/**
 * A merge that brought the target in threw some of it away: lines that the target's side had gained, that the branch's
 * side had not (or not so often), and that the merge's own result lacks. A line that lives on inside a combined one is not thrown away;
 * where somebody wrote something new to settle the place, a person has to say whether it is all in it.
 */
export function droppedInMerge(facts: Case): Claim[] {
  const claims: Claim[] = [];
  for (const file of facts.work.keys()) {
    let left = openLines(file).filter((line) => line.weight >= telling);
    for (const sync of facts.syncs) {
      const subject = facts.own.find(({ oid }) => oid === sync.oid)?.subject ?? "";
      const merged = left.length > 0 && !upkeep.test(subject) ? read(sync, file) : null;
      if (!merged) continue;
      const dropped = merged.drops(left);
      left = left.filter((line) => !dropped.includes(line));
      const how = new Map(dropped.map((line) => [line, merged.how(line)]));
      for (const way of ["thrown", "settled", "edited away"] as const) {
        const lines = dropped.filter((line) => how.get(line) === way);
        if (lines.length === 0) continue;
        const [these, them] = lines.length === 1 ? ["this line", "it"] : ["these lines", "them"];
        const merge = subject === uncommitted ? "that is not committed yet" : sync.oid.slice(0, 9);
        claims.push({
          code: "dropped-in-merge",
          file,
          lines,
          landings: [],
          confidence: way === "thrown" ? "certain" : "unsure",
          detail: `The merge ${merge} brought ${these} in from the target${rest(way, them)}.`,
          removedBy: { oid: sync.oid, subject },
        });
      }
    }
  }
  return claims;
}

/** What became of a line that a merge brought in: the branch may have had no use any more for what it was an edit of. */
type Way = "thrown" | "settled" | "edited away";

function rest(way: Way, them: string): string {
  if (way === "thrown") return ` and threw ${them} away`;
  return way === "settled"
    ? ", and its conflict was settled with other text"
    : ", where the branch had taken out what was changed there";
}

/** One release line merged into the next, by somebody who knows both and picks from each: "Merge branch '6.4' into 7.0". */
const upkeep = /^Merge (?:remote-tracking )?branch '(?:\w+\/)?v?\d+\.[\dx.]+' into v?\d+\.[\dx.]+$/;

/** More lines than this are not looked for in other words: nobody combines that many by hand. */
const mostCombined = 60;

/** What one merge did to one file. */
function read(sync: SyncMerge, file: GoneFile) {
  const sides = sync.sides.get(file.patch.oldPath);
  if (!sides?.theirs) return null;
  const { theirs, ours: mine, base: before, result } = sides;
  const [ours, base, made] = [mine ?? [], before ?? [], result ?? []];
  const [came, had, began, stands] = [theirs, ours, base, made].map((side) => Bag.of(side.map(squeeze)));
  // How many of a line are missing: once at first, twice on theirs and once on ours make two, and a merge that has one lacks
  // one. Where ours has fewer than at first, it has other words for that line, and whoever merged those for theirs too.
  const lacks = (text: string) => {
    const [there = 0, here = 0, first = 0, now = 0] = [came, had, began, stands].map((side) =>
      side?.count(text),
    );
    if (there <= first || here >= there || here < first) return 0;
    return Math.min(there - first + here, there) - now;
  };
  // The rest is worked out where anything was thrown away, which is rare, and takes longer than all before.
  const isNew = once(() => unlike([...ours, ...theirs]));
  // What somebody wrote to settle a conflict, with the lines next to it.
  const written = once(
    () => new Set(made.filter((_, i) => [i - 1, i, i + 1].some((at) => isNew()(made[at]))).flatMap(tokens)),
  );
  const old = once(() => new Set([...ours, ...base].flatMap(tokens)));
  const isWritten = (text: string) => {
    const words = tokens(text);
    const brought = words.filter((word) => !old().has(word));
    return (brought.length > 0 ? brought : words).every((word) => written().has(word));
  };
  const settled = once(() => rewritten(theirs, made, isNew()));
  // What the target was given by another project has its files elsewhere there.
  const isForeign = sync.intoTarget && mine === null && before === null;
  // Of what the target's side only edited, that which the branch's side has not in any words.
  const editedAway = once(() => {
    const edited = Bag.of(theirs.map(squeeze));
    const replaced = base.filter((line) => weight(line) >= telling && !edited.take(squeeze(line)));
    const mineWords = ours.filter((line) => weight(line) >= telling).map(tokens);
    const isThere = (words: readonly string[]) => mineWords.some((other) => likeness(words, other) >= alike);
    return new Set(
      lost.flatMap((line) => {
        const from = closest(tokens(line), replaced.map(tokens));
        return from && !isThere(from) && !isThere(tokens(line)) ? [squeeze(line)] : [];
      }),
    );
  });
  let lost: readonly string[] = [];
  let baseWords: readonly string[][] | undefined;
  return {
    drops(lines: readonly GoneLine[]): GoneLine[] {
      const found = new Bag();
      const missing = lines.filter((line) => {
        const text = squeeze(line.text);
        if (found.count(text) >= lacks(text)) return false;
        found.add(text);
        return true;
      });
      if (missing.length === 0) return [];
      // Lists have lines that are much alike, so only what neither other side has can be the line in other words.
      const own = made.filter(unlike([...theirs, ...base]));
      const others = (line: GoneLine) => [...own, ...(file.fresh.get(line.hunk) ?? [])];
      const dropped = missing.filter((line) => {
        if (isWritten(line.text) || raised(line.text, others(line))) return false;
        if (missing.length > mostCombined) return true;
        baseWords ??= base.map(tokens);
        return !livesOn(line.text, baseWords, others(line));
      });
      if (dropped.length <= mostCombined) lost = dropped.map(({ text }) => text);
      return dropped;
    },
    how({ text }: GoneLine): Way {
      if (settled().has(squeeze(text))) return "settled";
      return isForeign || editedAway().has(squeeze(text)) ? "edited away" : "thrown";
    },
  };
}

function once<T>(work: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: work() };
    return made.value;
  };
}

/** Whether a line much like this one has the words that it had brought into the line that it was made of. */
function livesOn(text: string, base: readonly string[][], others: readonly string[]): boolean {
  const words = tokens(text);
  const left = Bag.of(closest(words, base) ?? []);
  const brought = words.filter((word) => !left.take(word));
  if (brought.length === 0) return false;
  return others.some((other) => {
    const there = tokens(other);
    const bag = Bag.of(there);
    return likeness(words, there) >= alike && brought.every((word) => bag.take(word));
  });
}

/** Lines that share this much of their words are the same line, written otherwise. */
const alike = 0.7;

function closest(words: readonly string[], lines: readonly string[][]): string[] | null {
  let [best, most] = [null as string[] | null, 0.5];
  for (const line of lines) {
    // Of lines with so different lengths no half is shared.
    if (line.length > 3 * words.length || words.length > 3 * line.length) continue;
    const like = likeness(words, line);
    if (like > most) [best, most] = [line, like];
  }
  return best;
}

function likeness(a: readonly string[], b: readonly string[]): number {
  const bag = Bag.of(b);
  const shared = a.filter((word) => bag.take(word)).length;
  return (2 * shared) / Math.max(1, a.length + b.length);
}

function unlike(texts: readonly string[]): (text: string | undefined) => text is string {
  const known = new Set(texts.map(squeeze));
  return (text): text is string => text !== undefined && !known.has(squeeze(text));
}

/** One new line in the result may stand for this many that it lacks. */
const linesForOne = 3;

/** The lines of a side that the result lacks where it has new ones instead, enough to stand for them. */
function rewritten(
  side: readonly string[],
  result: readonly string[],
  isNew: (text: string | undefined) => boolean,
): Set<string> {
  const found = new Set<string>();
  const places = align(side, result);
  let gone: string[] = [];
  let above = -1;
  for (const [i, text] of [...side, null].entries()) {
    const below = text === null ? result.length : (places[i] ?? -1);
    if (text !== null && below < 0) {
      if (weight(text) >= telling) gone.push(text);
      continue;
    }
    const fresh = result.slice(above + 1, below).filter((line) => weight(line) >= telling && isNew(line));
    if (fresh.length * linesForOne >= gone.length) for (const each of gone) found.add(squeeze(each));
    gone = [];
    above = below;
  }
  return found;
}

/** The same line stands with higher numbers: both sides raised a version, and the newer one was taken. */
function raised(line: string, others: readonly string[]): boolean {
  const numbers = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
  const words = (text: string) => squeeze(text.replace(/\d+/g, "#"));
  const [mine, shape] = [numbers(line), words(line)];
  if (mine.length === 0) return false;
  return others.some((other) => {
    if (words(other) !== shape) return false;
    const theirs = numbers(other);
    const first = theirs.findIndex((number, i) => number !== mine[i]);
    return first !== -1 && (theirs[first] ?? 0) > (mine[first] ?? 0);
  });
}
