/** How often each line occurs. */
export type LineCounts = ReadonlyMap<string, number>;

/** Null for binary content. Lines keep their carriage returns. */
export function countLines(content: Buffer): LineCounts | null {
  if (isBinary(content)) return null;
  const counts = new Map<string, number>();
  for (const line of content.toString("latin1").split("\n")) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** As git tells it: by a zero near the beginning. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}

/** What a change did to a file's lines, wherever they stand. */
export interface LineChange {
  /** Lines that there are more of than before. */
  readonly added: readonly string[];
  /** Lines that there are fewer of, with how many there were. */
  readonly removed: readonly (readonly [line: string, before: number])[];
}

export function changeOfLines(before: LineCounts, after: LineCounts): LineChange {
  return {
    added: [...after].filter(([line, count]) => count > (before.get(line) ?? 0)).map(([line]) => line),
    removed: [...before].filter(([line, count]) => count > (after.get(line) ?? 0)),
  };
}

/** Whether content has all lines that a change takes away. */
export function hasRemoved({ removed }: LineChange, content: LineCounts): boolean {
  return removed.every(([line]) => line.trim() === "" || content.has(line));
}

/** Whether content has the longest of the lines that a change adds. */
export function hasLongest({ added }: LineChange, content: Buffer): boolean {
  const longest = added.reduce((one, other) => (other.length > one.length ? other : one), "");
  if (longest === "") return true;
  for (let at = content.indexOf(longest, 0, "latin1"); at >= 0; ) {
    const end = at + longest.length;
    const whole = (at === 0 || content[at - 1] === 10) && (end === content.length || content[end] === 10);
    if (whole) return true;
    at = content.indexOf(longest, at + 1, "latin1");
  }
  return false;
}

/**
 * Whether content may hold a change as its own: all lines that the change added are there, and not all that it took
 * away are still there. True does not prove anything; false says that a merge of the change would do something.
 */
export function mayHold({ added, removed }: LineChange, content: LineCounts): boolean {
  if (added.some((line) => !content.has(line))) return false;
  return removed.length === 0 || removed.some(([line, before]) => (content.get(line) ?? 0) < before);
}
