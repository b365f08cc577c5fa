import { utf8 } from "../git/quoted";
import type { Overlap, SharedFile } from "../model/overlap";
import type { MetFile, PairAnswer } from "./judge";
import type { Pair } from "./pairs";
import type { Field } from "./sides";

/** Each pair's answer as each of the two sees it. */
export function fromBothSides(answers: ReadonlyMap<Pair, PairAnswer>): [id: string, Overlap][] {
  return [...answers].flatMap(([{ a, b }, answer]): [string, Overlap][] => {
    if (answer.files.length === 0) return [];
    return [
      [a.id, seenFrom("a", b.id, answer)],
      [b.id, seenFrom("b", a.id, answer)],
    ];
  });
}

function seenFrom(side: "a" | "b", other: string, { tried, files, more }: PairAnswer): Overlap {
  const kind = files.some(({ conflict }) => conflict)
    ? "conflict"
    : files.some(({ meeting }) => meeting !== "apart")
      ? "lines"
      : "files";
  return { with: other, kind, tried, files: files.map((file) => sharedFile(side, file)), more };
}

function sharedFile(side: "a" | "b", file: MetFile): SharedFile {
  const { meeting, conflict } = file;
  const mine = side === "a";
  const by = file.by === null || file.by === "both" ? file.by : file.by === side ? "this" : "other";
  return {
    path: utf8(mine ? file.a : file.b),
    otherPath: utf8(mine ? file.b : file.a),
    meeting,
    by,
    conflict,
    ranges: mine ? file.aRanges : file.bRanges,
  };
}

/** Branches that were begun on top of another live one: what they share is no overlap. */
export function stacks({ sides }: Pick<Field, "sides">): [id: string, Overlap][] {
  const none = { tried: true, files: [], more: 0 };
  return sides.flatMap((upper) =>
    sides.flatMap((lower): [string, Overlap][] => {
      if (
        lower.head === upper.head ||
        lower.history.commits.size === 0 ||
        !upper.history.commits.has(lower.head)
      )
        return [];
      return [
        [upper.id, { with: lower.id, kind: "builds-on", ...none }],
        [lower.id, { with: upper.id, kind: "built-on", ...none }],
      ];
    }),
  );
}

const order: readonly Overlap["kind"][] = ["conflict", "lines", "files", "builds-on", "built-on"];

export function worstFirst(one: Overlap, other: Overlap): number {
  return order.indexOf(one.kind) - order.indexOf(other.kind) || (one.with < other.with ? -1 : 1);
}
