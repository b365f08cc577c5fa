import { restoreEdits } from "./edits";

/**
 * A file's text with the target's missing lines put back; its own ends of line are kept. `older`: what the landings had
 * replaced. Texts are bytes held as latin1, so that nothing of an unknown encoding is changed.
 */
export function putBack(
  now: string,
  target: string,
  gone: readonly number[],
  older: readonly string[],
): string {
  const end = now.includes("\r\n") ? "\r\n" : "\n";
  const lines = linesIn(now);
  const edits = restoreEdits(linesIn(target), lines, gone, older.flatMap(linesIn));
  // From the end on, so that the places of those before stay.
  for (const { from, to, lines: back } of [...edits].reverse()) lines.splice(from, to - from, ...back);
  return lines.join(end);
}

function linesIn(text: string): string[] {
  return text.split("\n").map((line) => line.replace(/\r$/, ""));
}
