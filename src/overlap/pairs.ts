import { createHash } from "node:crypto";
import type { DiffEntry } from "../git/diffTrees";
import type { Oid } from "../model/worktree";
import { type Stretch, stretchKey } from "./changes";
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

export function stretchesOf(pairs: readonly Pair[]): Stretch[] {
  const stretches = pairs.flatMap(({ a, b, aBase, bBase }) => [
    { base: aBase, tree: a.tree },
    { base: bBase, tree: b.tree },
  ]);
  return [...new Map(stretches.map((stretch) => [stretchKey(stretch), stretch])).values()];
}

/** The pairs that meet, and in what. */
export function questionsOf(
  pairs: readonly Pair[],
  changes: ReadonlyMap<string, readonly DiffEntry[]>,
  renames: ReadonlyMap<Oid, Renames>,
): Question[] {
  const known = new Map<string, Names>();
  const names = (base: Oid, tree: Oid): Names => {
    const key = stretchKey({ base, tree });
    const found = known.get(key) ?? namesOf(changes.get(key) ?? [], renames.get(base) ?? noRenames);
    known.set(key, found);
    return found;
  };
  return pairs.flatMap((pair) => {
    const matches = meet(names(pair.aBase, pair.a.tree), names(pair.bBase, pair.b.tree));
    return matches.list.length === 0 ? [] : [{ ...pair, matches, key: keyOf(pair, matches) }];
  });
}

const noRenames: Renames = new Map();

/** Everything follows from the commits and trees, but for names that the target changed in between. */
function keyOf({ a, b, aBase, bBase }: Pair, { list }: Matches): string {
  const moved = list.flatMap((match) => {
    const [one, other] = [originOf(match.a), originOf(match.b)];
    return match.by === "origin" && one !== other ? [`${one}\0${other}`] : [];
  });
  const via = moved.length === 0 ? "-" : createHash("sha256").update(moved.join("\0")).digest("hex");
  return ["pair", stateOf(a), aBase, stateOf(b), bBase, via].join(" ");
}

function stateOf({ head, tree, parents }: Side): string {
  return parents ? `${parents.join("+")} ${tree}` : `${head} -`;
}
