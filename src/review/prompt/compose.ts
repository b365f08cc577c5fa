import refuteText from "../../../media/prompts/refute.md";
import reviewText from "../../../media/prompts/review.md";
import type { StoredFinding } from "../../model/verdict";
import type { Oid } from "../../model/worktree";
import { fenced } from "./fence";

/** All that a reviewer is told of a change. */
export interface Brief {
  /** What the repo says instead of the shipped instructions; null: nothing. */
  readonly instructions: string | null;
  readonly head: Oid;
  readonly mergeBase: Oid;
  /** The task in the person's words, where it is known. */
  readonly task: string | null;
  readonly losses: string;
  readonly conventions: { readonly path: string; readonly text: string } | null;
  readonly done: string;
  readonly decided: readonly { readonly path: string; readonly title: string; readonly reason: string }[];
  readonly diff: string;
  /** Of a huge change only the beginning is shown. */
  readonly diffIsWhole: boolean;
}

/** The shape of an answer, for reviewers that cannot be handed a schema. */
export function shapeText(schema: object): string {
  return `Answer with one JSON document and nothing else, that this JSON Schema accepts:\n\n${fenced(JSON.stringify(schema), "json")}`;
}

/** `checkout`: where the reviewer finds the files; null: it sees nothing but this text. */
export function reviewPrompt(brief: Brief, schema: object, checkout: string | null): string {
  const { head, mergeBase, task, conventions, decided, diff, diffIsWhole } = brief;
  const where = checkout
    ? `A clean checkout of ${head} is in ${checkout}. The change is what differs from ${mergeBase}.`
    : `You see commit ${head} only through this text. The change is what differs from ${mergeBase}.`;
  return sections([
    ["", brief.instructions ?? reviewText],
    ["Where", where],
    ["The task", task && fenced(task)],
    ["What the target would lose", fenced(brief.losses)],
    ["Definition of done", fenced(brief.done)],
    [`Conventions (${conventions?.path})`, conventions && fenced(conventions.text)],
    ["Decided already", decided.length > 0 ? fenced(decided.map(decidedLine).join("\n")) : null],
    [
      diffIsWhole ? "The change" : "The beginning of the change; read the rest in the checkout",
      fenced(diff, "diff"),
    ],
    ["Your answer", `${shapeText(schema)}\n\n\`headSha\` is ${head}.`],
  ]);
}

export function refutePrompt(
  { head, mergeBase }: Pick<Brief, "head" | "mergeBase">,
  findings: readonly StoredFinding[],
  schema: object,
  checkout: string | null,
): string {
  const told = findings.map(({ id, title, body, path, startLine, quote, failureScenario }) => ({
    id,
    title,
    body,
    path,
    startLine,
    quote,
    failureScenario,
  }));
  return sections([
    ["", refuteText],
    ["Where", `A clean checkout of ${head} is in ${checkout}. The change is what differs from ${mergeBase}.`],
    ["The findings", fenced(JSON.stringify(told, null, 1), "json")],
    ["Your answer", shapeText(schema)],
  ]);
}

/** One more try where an answer did not fit. */
export function repairPrompt(answer: string, fault: string, schema: object): string {
  return sections([
    ["", `An answer that you gave cannot be used: ${fault}\n\nGive it again, the same in content.`],
    ["The answer", fenced(answer.slice(0, 100_000))],
    ["Your answer", shapeText(schema)],
  ]);
}

function sections(all: readonly (readonly [string, string | null])[]): string {
  const shown = all.flatMap(([title, text]) =>
    text === null ? [] : [title ? `## ${title}\n\n${text}` : text],
  );
  return `${shown.map((each) => each.trim()).join("\n\n")}\n`;
}

function decidedLine({ path, title, reason }: Brief["decided"][number]): string {
  return `- ${path}: ${title} (overruled: ${reason})`.replaceAll("\n", " ");
}
