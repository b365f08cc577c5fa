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
      return { a, b, aBase: fork ?? a.base, bBase: fork ?? b.base };
    }),
  );
}

/** The pairs that meet, and in what. */
export function questionsOf(
  pairs: readonly Pair[],
  changes: ReadonlyMap<string, readonly DiffEntry[]>,
  renames: ReadonlyMap<Oid, Renames>,
): Question[] {
  const known = new Map<Side, Map<Oid, Names>>();
  const names = (side: Side, base: Oid): Names => {
    const ofSide = known.get(side) ?? new Map<Oid, Names>();
    known.set(side, ofSide);
    const found = ofSide.get(base) ?? namesOf(changes.get(stretchKey(side, base)) ?? [], renames.get(base));
    ofSide.set(base, found);
    return found;
  };
  return pairs.flatMap((pair) => {
    const matches = meet(names(pair.a, pair.aBase), names(pair.b, pair.bBase));
    return matches.list.length === 0 ? [] : [{ ...pair, matches, key: keyOf(pair, matches) }];
  });
}

/** Everything follows from the commits and trees, but for names that the target changed in between. */
function keyOf({ a, b, aBase, bBase }: Pair, { list }: Matches): string {
  const moved = list.flatMap((match) => {
    const [one, other] = [originOf(match.a), originOf(match.b)];
    return match.by === "origin" && one !== other ? [`${one}\0${other}`] : [];
  });
  const via = moved.length === 0 ? "-" : createHash("sha256").update(moved.join("\0")).digest("hex");
  return ["pair", a.state, aBase, b.state, bBase, via].join(" ");
}
