import { createHash } from "node:crypto";
import type { Oid } from "../model/worktree";
import { differences, type Stretch } from "./differences";

/** Merges two changes of a file, each one character a byte; null as `mergeText` has it. */
export function mergeFile(base: string, ours: string, theirs: string): string | null {
  return mergeText(linesOf(base), linesOf(ours), linesOf(theirs))?.join("") ?? null;
}

/** With their ends, so that a last line without one differs. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The id that git gives a file of this content, in a repo whose ids are made with `hash`. */
export function blobId(content: Buffer, hash: "sha1" | "sha256"): Oid {
  return createHash(hash).update(`blob ${content.length}\0`).update(content).digest("hex");
}

/**
 * Merges two changes of a text that are at least one line apart, or the very same. Null where they meet, or where the
 * texts differ too much to be compared quickly: then git has to tell.
 */
export function mergeText(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): string[] | null {
  const mine = differences(base, ours);
  const others = differences(base, theirs);
  if (!mine || !others) return null;
  const merged: string[] = [];
  let at = 0;
  const take = ({ from, to, newFrom, newTo }: Stretch, text: readonly string[]): void => {
    for (const line of base.slice(at, from)) merged.push(line);
    for (const line of text.slice(newFrom, newTo)) merged.push(line);
    at = to;
  };
  for (let i = 0, j = 0; i < mine.length || j < others.length; ) {
    const [one, other] = [mine[i], others[j]];
    if (one && (!other || one.to < top(other))) {
      take(one, ours);
      i++;
    } else if (other && (!one || other.to < top(one))) {
      take(other, theirs);
      j++;
    } else if (one && other && sameChange(one, ours, other, theirs)) {
      take(one, ours);
      i++;
      j++;
    } else return null;
  }
  for (const line of base.slice(at)) merged.push(line);
  return merged;
}

/** Where it would stand as far up as it can. */
function top({ from, play }: Stretch): number {
  return from - play;
}

function sameChange(
  one: Stretch,
  ours: readonly string[],
  other: Stretch,
  theirs: readonly string[],
): boolean {
  if (one.from !== other.from || one.to !== other.to) return false;
  const [mine, others] = [ours.slice(one.newFrom, one.newTo), theirs.slice(other.newFrom, other.newTo)];
  return mine.length === others.length && mine.every((line, i) => line === others[i]);
}
