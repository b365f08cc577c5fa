import type { Ticket } from "../model/done";
import type { Change } from "./change";

/** What GitHub said of the tickets that a change names; null for one that it does not have. Null as a whole: not asked. */
export type Tickets = ReadonlyMap<number, Ticket | null> | null;

const closing = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?[ \t]+#(\d{1,9})\b/gi;
const naming = /\b(?:refs?|part of|towards|see|relates to|addresses):?[ \t]+#(\d{1,9})\b/gi;

/** All that the change says of itself in words. */
function wordsOf({ pull, commits }: Pick<Change, "pull" | "commits">): string {
  const said = commits.map(({ subject, body }) => `${subject}\n${body}`);
  return [...(pull ? [`${pull.title}\n${pull.body}`] : []), ...said].join("\n");
}

/** The tickets that a change names. */
export interface TicketWords {
  /** Those that will be closed when it lands. */
  readonly closed: readonly number[];
  /** Those that it only names. */
  readonly named: readonly number[];
  /** It names one of the other tracker that the repo has. */
  readonly other: boolean;
}

export function ticketWords(change: Change, pattern: string | undefined): TicketWords {
  const text = wordsOf(change);
  return {
    closed: numbersIn(text, closing),
    named: numbersIn(text, naming),
    other: pattern !== undefined && namesTicket(`${text}\n${change.branch ?? ""}`, pattern),
  };
}

function numbersIn(text: string, form: RegExp): number[] {
  const withoutCode = text.replace(/```[\s\S]*?```/g, "").replace(/`[^`\n]*`/g, "");
  return [...new Set([...withoutCode.matchAll(form)].map((hit) => Number(hit[1])))];
}

/** A ticket's criteria that are not ticked off: `- [ ] exports an empty file too`. */
export function uncheckedCriteria(body: string): { readonly line: number; readonly text: string }[] {
  return body.split(/\r?\n/).flatMap((text, i) => {
    const hit = /^\s*(?:[-*+]|\d+[.)])\s+\[ \]\s+(.*)$/.exec(text);
    return hit ? [{ line: i + 1, text: (hit[1] ?? "").trim().slice(0, 300) }] : [];
  });
}

/** Whether a text names a ticket of another tracker; in the pattern `{n}` stands for its number. */
function namesTicket(text: string, pattern: string): boolean {
  const escaped = pattern.split("{n}").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`(?<![\\w-])${escaped.join("\\d{1,12}")}(?![\\w])`).test(text);
}
