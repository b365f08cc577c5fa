import type { Anchor } from "../model/verdict";
import type { FileText } from "./anchor";

/** Lines of a file, numbered from `startLine`, of which `from` to `to` are meant. */
export interface CodeAround {
  readonly startLine: number;
  readonly lines: readonly string[];
  readonly from: number;
  readonly to: number;
}

const contextLines = 3;
const mostLines = 40;
const longestLine = 300;

/** What stands at a place and a few lines around it; cut where a place is far too long to be read. */
export function codeAround(file: FileText, { startLine, endLine }: Anchor): CodeAround {
  const first = Math.max(1, startLine - contextLines);
  const last = Math.min(file.lines.length, endLine + contextLines, first + mostLines - 1);
  const lines = file.lines
    .slice(first - 1, last)
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
  // The empty piece after the last line break is no line.
  if (last === file.lines.length && lines.at(-1) === "" && last > endLine) lines.pop();
  return { startLine: first, lines, from: startLine, to: Math.min(endLine, last) };
}
