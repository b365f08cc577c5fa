import type { Place } from "../model/done";
import { type Change, type ChangedFile, present } from "./change";
import { isCode } from "./kinds";

// Where it says which ticket it is for, somebody knows of it.
const hasTicket = /#\d+|\b[A-Z][A-Z\d]+-\d+\b|https?:\/\//;

/** Notes of unfinished work that the change adds, without a ticket; one that only moved is not new. */
export function newTodos(
  change: Change,
  words: readonly string[],
  isIgnored: (path: string) => boolean,
): Place[] {
  if (words.length === 0) return [];
  const any = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  const note = new RegExp(`(?:^|\\s)(?://+|#+|/?\\*+|--|<!--|;+|%+)\\s*@?(${any})\\b`);
  const gone = new Set(change.files.flatMap(({ removed }) => removed.map((text) => text.trim())));
  return codeFiles(change, isIgnored).flatMap(({ path, added }) =>
    added.flatMap(({ line, text }) => {
      const hit = note.exec(text);
      const word = hit?.[1];
      if (
        !hit ||
        word === undefined ||
        isQuoted(text.slice(0, hit.index)) ||
        hasTicket.test(text) ||
        gone.has(text.trim())
      )
        return [];
      return [{ path, line, message: `New ${word}, without a ticket: ${text.trim().slice(0, 120)}` }];
    }),
  );
}

/** Whether a text that begins a line ends inside of quotes. */
function isQuoted(before: string): boolean {
  const plain = before.replace(/\\./g, "");
  return ['"', "'", "`"].some((quote) => plain.split(quote).length % 2 === 0);
}

export function codeFiles(change: Change, isIgnored: (path: string) => boolean): readonly ChangedFile[] {
  return present(change).filter(({ path, binary }) => !binary && isCode(path) && !isIgnored(path));
}
