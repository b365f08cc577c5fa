import { squeeze, telling, weight } from "../text";
import { findGaps } from "./gaps";

/** Lines [from, to) of a text, to be replaced by others; 0-based. */
export interface LineEdit {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/**
 * What puts lines of the target's file back into a text. Lines that stand in their place stay below them, unless they
 * are in `older`, what the landing had replaced: those had only come back.
 */
export function restoreEdits(
  target: readonly string[],
  now: readonly string[],
  gone: readonly number[],
  older: readonly string[],
): LineEdit[] {
  const kept = new Set(target.map(squeeze));
  const replaced = new Set(older.filter((text) => weight(text) >= telling).map(squeeze));
  const cameBack = (text: string) => replaced.has(squeeze(text)) && !kept.has(squeeze(text));
  return findGaps(target, now, gone).map(({ at, until, lines }) => {
    const back = lines.map((line) => target[line - 1] ?? "");
    const standing = now.slice(at, until);
    return standing.some(cameBack)
      ? { from: at, to: until, lines: [...back, ...standing.filter((text) => !cameBack(text))] }
      : { from: at, to: at, lines: back };
  });
}
