import type { Anchor } from "../model/verdict";
import { isWord, type Squeezed, squeeze } from "./squeeze";
import { enclosingSymbol } from "./symbol";

/** A file's text, read once for all the findings in it. */
export class FileText {
  readonly lines: readonly string[];
  readonly text: string;
  private readonly starts: number[] = [];
  private squeezed: Squeezed | null = null;

  constructor(text: string) {
    this.text = text.replaceAll("\r\n", "\n");
    this.lines = this.text.split("\n");
    let start = 0;
    for (const line of this.lines) {
      this.starts.push(start);
      start += line.length + 1;
    }
  }

  withoutSpace(): Squeezed {
    this.squeezed ??= squeeze(this.text);
    return this.squeezed;
  }

  /** The 1-based line that holds this offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The lines as they stand, both ends included. */
  between(startLine: number, endLine: number): string {
    return this.lines.slice(startLine - 1, endLine).join("\n");
  }
}

/** What tells equal places apart. */
export interface Near {
  readonly line: number | null;
  /** Undefined: not known; null: outside of any. */
  readonly symbol?: string | null;
}

export type Place = Omit<Anchor, "path">;

/**
 * Where a quote is: exactly, else with white space left out of the comparison. Of several places the one in the same
 * symbol and nearest to the line is meant; without a line, several places are none. Never a guess.
 */
export function findQuote(file: FileText, quote: string, near: Near): Place | null {
  const wanted = quote.replaceAll("\r\n", "\n").replace(/^(?:[ \t]*\n)+|\s+$/g, "");
  const asWritten = occurrences(file.text, wanted.trimStart());
  if (asWritten.length > 0) {
    const places = asWritten.map(([from, to]) => place(file, from, to, "exact"));
    return choose(file, places, near);
  }
  const { text, offsets } = file.withoutSpace();
  const places = occurrences(text, squeeze(wanted).text).map(([from, to]) =>
    place(file, offsets[from] ?? 0, (offsets[to - 1] ?? 0) + 1, "whitespace"),
  );
  return choose(file, places, near);
}

// A quote like "a" is everywhere and says nothing.
const mostOccurrences = 1_000;

/** Start and end offsets; a quote that begins or ends in a word does not match inside a longer word. */
function occurrences(text: string, wanted: string): [number, number][] {
  const found: [number, number][] = [];
  if (wanted === "") return found;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const cut = (isWord(wanted[0]) && isWord(text[at - 1])) || (isWord(wanted.at(-1)) && isWord(text[end]));
    if (!cut) found.push([at, end]);
    if (found.length > mostOccurrences) return [];
  }
  return found;
}

function place(file: FileText, from: number, to: number, how: Place["how"]): Place {
  return { startLine: file.lineAt(from), endLine: file.lineAt(to - 1), how };
}

function choose(file: FileText, places: readonly Place[], { line, symbol }: Near): Place | null {
  const [only, second] = places;
  if (!only || !second) return only ?? null;
  if (line === null) return null;
  const distance = (each: Place) => Math.abs(each.startLine - line);
  const inSymbol =
    symbol === undefined
      ? []
      : places.filter((each) => enclosingSymbol(file.lines, each.startLine) === symbol);
  return (inSymbol.length > 0 ? inSymbol : places).reduce((best, each) =>
    distance(each) < distance(best) ? each : best,
  );
}
