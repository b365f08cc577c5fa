import type { Oid } from "../model/worktree";

// `Signed-off-by: Ann`, `(cherry picked from commit 5c0ffee)`, and the second line of a long trailer.
const trailer =
  /^([A-Za-z0-9][A-Za-z0-9-]*[ \t]*:[ \t]*\S|\(cherry picked from commit [0-9a-f]+\)$|[ \t]+\S)/;

/**
 * A commit's message with a line that says where it comes from; before the trailers, which git looks for at the very
 * end.
 */
export function recoveredMessage(message: string, from: Oid): string {
  const line = `(recovered from ${from})`;
  const text = message.trimEnd();
  if (text === "") return `${line}\n`;
  const paragraphs = text.split(/\n(?:[ \t]*\n)+/);
  const last = paragraphs.length > 1 ? (paragraphs.at(-1) ?? "") : "";
  const lines = last.split("\n");
  if (last === "" || /^[ \t]/.test(last) || !lines.every((each) => trailer.test(each))) {
    return `${text}\n\n${line}\n`;
  }
  return `${text.slice(0, text.length - last.length).trimEnd()}\n\n${line}\n\n${last}\n`;
}
