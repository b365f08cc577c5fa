import { createHash } from "node:crypto";
import type { DiffEntry } from "../git/diffTrees";
import type { Oid } from "../model/worktree";
import { stretchKey } from "./changes";
import { type Matches, meet, type Names, namesOf, originOf, type Renames } from "./meet";
import type { Field, Side } from "./sides";

/** Two branches that meet, each with the commit from which on its changes count. */
export interface Pair {
  readonly a: Side;
  readonly b: Side;
  readonly aBase: Oid;
  readonly bBase: Oid;
  /** The target's commit that each took in since the two parted; null: none, or they share nothing of their own. */
  readonly aTaken: Oid | null;
  readonly bTaken: Oid | null;
}

export interface Question extends Pair {
  readonly matches: Matches;
  /** Everything that the answer depends on. */
  readonly key: string;
}

/** All pairs. Two branches that share commits begin where they part; what they share is nobody's alone. */
export function pairsOf({ sides, forks }: Field): Pair[] {
  return sides.flatMap((a, i) =>
    sides.slice(i + 1).map((b, offset) => {
      const fork = forks.get(`${i} ${i + 1 + offset}`);
      const taken = ({ base }: Side) => (fork && !fork.edges.includes(base) ? base : null);
      const [aBase, bBase] = [fork?.oid ?? a.base, fork?.oid ?? b.base];
      return { a, b, aBase, bBase, aTaken: taken(a), bTaken: taken(b) };
    }),
  );
}

/** The pairs that meet, and in what. */
export function questionsOf(
  pairs: readonly Pair[],
  changes: ReadonlyMap<string, readonly DiffEntry[]>,
  renames: ReadonlyMap<Oid, Renames>,
): Question[] {
  const known = new Map<Side, Map<string, Names>>();
  const names = (side: Side, base: Oid, taken: Oid | null): Names => {
    const ofSide = known.get(side) ?? new Map<string, Names>();
    known.set(side, ofSide);
    const key = `${base} ${taken}`;
    const found = ofSide.get(key) ?? namesOf(ownChanges(changes, side, base, taken), renames.get(base));
    ofSide.set(key, found);
    return found;
  };
  return pairs.flatMap((pair) => {
    const matches = meet(names(pair.a, pair.aBase, pair.aTaken), names(pair.b, pair.bBase, pair.bTaken));
    return matches.list.length === 0 ? [] : [{ ...pair, matches, key: keyOf(pair, matches) }];
  });
}

/** What a side did since `base`, without the files that are as the target has them whose commit it took in since then. */
function ownChanges(
  changes: ReadonlyMap<string, readonly DiffEntry[]>,
  side: Side,
  base: Oid,
  taken: Oid | null,
): readonly DiffEntry[] {
  const all = changes.get(stretchKey(side, base)) ?? [];
  if (taken === null) return all;
  const others = changes.get(stretchKey(side, taken)) ?? [];
  const own = new Set(others.flatMap(({ path, movedFrom }) => [path, movedFrom ?? path]));
  return all.filter(({ path, movedFrom }) => own.has(path) || (movedFrom !== null && own.has(movedFrom)));
}

/** Everything follows from the commits and trees, but for names that the target changed in between. */
function keyOf({ a, b, aBase, bBase, aTaken, bTaken }: Pair, { list }: Matches): string {
  const moved = list.flatMap((match) => {
    const [one, other] = [originOf(match.a), originOf(match.b)];
    return match.by === "origin" && one !== other ? [`${one}\0${other}`] : [];
  });
  const via = moved.length === 0 ? "-" : createHash("sha256").update(moved.join("\0")).digest("hex");
  return ["pair", a.state, aBase, b.state, bBase, `${aTaken ?? "-"}+${bTaken ?? "-"}`, via].join(" ");
}
