import type { Gap } from "../../losses/restore/gaps";

/** The line that stands for a gap, 0-based, and where beside it the gap is. */
export interface Anchor {
  readonly line: number;
  /** `instead`: the line stands where the missing ones stood. */
  readonly side: "above" | "below" | "instead";
}

export function anchorOf({ at, until }: Gap, lineCount: number): Anchor {
  const last = Math.max(0, lineCount - 1);
  if (until > at) return { line: Math.min(at, last), side: "instead" };
  return at === 0 ? { line: 0, side: "above" } : { line: Math.min(at - 1, last), side: "below" };
}
