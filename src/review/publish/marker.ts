import { createHash } from "node:crypto";
import type { FindingId } from "../../model/verdict";

/** What a text of ours on GitHub is: the summary, more remarks below it, a finding, or one that was taken back. */
export type Mark =
  | { readonly kind: "summary" | "more" }
  | { readonly kind: "finding" | "taken-back"; readonly finding: FindingId };

/** What a mark says, and whether the text above it is still the one that we wrote. */
export type FoundMark = Mark & { readonly untouched: boolean };

/** Puts a mark that nobody sees below a text; it is told again by `findMark`. */
export function withMark(text: string, mark: Mark): string {
  const about = "finding" in mark ? `${mark.kind} ${mark.finding}` : mark.kind;
  return `${text}\n\n<!-- agent-foreman ${about} ${digest(text)} -->`;
}

/**
 * Reads the mark at the end of a text. Anybody can write one, so it counts only in what this sign-in wrote. A text that a
 * person has changed since is not untouched, and then it is theirs.
 */
export function findMark(body: string): FoundMark | null {
  const plain = body.replaceAll("\r\n", "\n").trimEnd();
  const [whole, kind, finding, sum] =
    /\n\n<!-- agent-foreman (summary|more|finding|taken-back)(?: ([0-9a-f]{16}))? ([0-9a-f]{12}) -->$/.exec(
      plain,
    ) ?? [];
  if (whole === undefined) return null;
  const untouched = digest(plain.slice(0, -whole.length)) === sum;
  if (kind === "summary" || kind === "more") return finding === undefined ? { kind, untouched } : null;
  if ((kind === "finding" || kind === "taken-back") && finding !== undefined)
    return { kind, finding, untouched };
  return null;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
