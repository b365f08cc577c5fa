/** How often each line occurs. */
export type LineCounts = ReadonlyMap<string, number>;

/** Null for binary content. Lines keep their carriage returns. */
export function countLines(content: Buffer): LineCounts | null {
  if (content.subarray(0, 8000).includes(0)) return null;
  const counts = new Map<string, number>();
  for (const line of content.toString("latin1").split("\n")) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** The lines that `after` has more often than `before`. */
export function gained(before: LineCounts, after: LineCounts): string[] {
  return [...after].filter(([line, count]) => count > (before.get(line) ?? 0)).map(([line]) => line);
}

/**
 * Whether content may hold a change as its own: all lines that the change added are there, and not all that it took
 * away are still there. True does not prove anything; false proves that a merge of the change would do something.
 */
export function mayHold(before: LineCounts, after: LineCounts, content: LineCounts): boolean {
  if (gained(before, after).some((line) => !content.has(line))) return false;
  const removed = gained(after, before);
  return removed.length === 0 || removed.some((line) => (content.get(line) ?? 0) < (before.get(line) ?? 0));
}
