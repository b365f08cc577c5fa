import { squeeze } from "../text";

interface Block {
  /** Lines [a, aEnd) of one side beside [b, bEnd) of the other. */
  a: number;
  aEnd: number;
  b: number;
  bEnd: number;
}

// Files that people write take a handful; some take a pass for each line, and an editor waits for this.
const mostPasses = 50;

/**
 * For each line of `before`, the line of `after` that it is; -1 where it is gone. White space does not count. Patience
 * diff: what both sides have once holds the rest in place, so that braces are not taken for one another.
 */
export function align(before: readonly string[], after: readonly string[]): number[] {
  const [a, b] = [before.map(squeeze), after.map(squeeze)];
  const found = new Array<number>(a.length).fill(-1);
  const blocks: Block[] = [{ a: 0, aEnd: a.length, b: 0, bEnd: b.length }];
  let left = mostPasses * (a.length + b.length);
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    while (block.a < block.aEnd && block.b < block.bEnd && a[block.a] === b[block.b])
      found[block.a++] = block.b++;
    while (block.a < block.aEnd && block.b < block.bEnd && a[block.aEnd - 1] === b[block.bEnd - 1])
      found[--block.aEnd] = --block.bEnd;
    let { a: fromA, b: fromB } = block;
    left -= block.aEnd - block.a + block.bEnd - block.b;
    const anchors = left > 0 ? rising(commonOnce(a, b, block)) : [];
    for (const [atA, atB] of anchors) {
      found[atA] = atB;
      blocks.push({ a: fromA, aEnd: atA, b: fromB, bEnd: atB });
      [fromA, fromB] = [atA + 1, atB + 1];
    }
    if (anchors.length > 0) blocks.push({ a: fromA, aEnd: block.aEnd, b: fromB, bEnd: block.bEnd });
  }
  return found;
}

/** Pairs of lines that both sides of a block have exactly once, in the order of the first side. */
function commonOnce(a: readonly string[], b: readonly string[], block: Block): [number, number][] {
  const [inA, inB] = [once(a, block.a, block.aEnd), once(b, block.b, block.bEnd)];
  const pairs: [number, number][] = [];
  for (const [text, atA] of inA) {
    const atB = inB.get(text);
    if (atA >= 0 && atB !== undefined && atB >= 0) pairs.push([atA, atB]);
  }
  return pairs;
}

/** Where each text is; -1 for one that is there twice. */
function once(lines: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let i = from; i < to; i++) {
    const text = lines[i] ?? "";
    places.set(text, places.has(text) ? -1 : i);
  }
  return places;
}

/** The longest run of pairs that rises on both sides. */
function rising(pairs: readonly [number, number][]): [number, number][] {
  const tails: number[] = [];
  const before: number[] = [];
  pairs.forEach(([, atB], i) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < atB) low = middle + 1;
      else high = middle;
    }
    before[i] = tails[low - 1] ?? -1;
    tails[low] = i;
  });
  const run: [number, number][] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) {
    const pair = pairs[i];
    if (pair) run.push(pair);
  }
  return run.reverse();
}
