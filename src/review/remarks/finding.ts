import type { Category, Severity } from "../../model/finding";
import { limits } from "../../model/finding";
import type { PullThread } from "../../model/pullReview";
import type { Oid } from "../../model/worktree";
import { asText, shorten, titleOf } from "../formats/words";

/** What the first remark of a thread raises about a commit, in our shape; replies stand beside it as evidence. */
export function findingOf(thread: PullThread, commit: Oid | null): object {
  const [first, ...replies] = thread.remarks;
  const said = (first?.body ?? "").replaceAll("\r\n", "\n");
  const text = withoutMachinery(said);
  return {
    title: titleOf(plainWords(headline(text))),
    body: asText(text),
    path: thread.path,
    side: thread.side,
    ...linesOf(thread, commit),
    severity: severityOf(said),
    category: categoryOf(said),
    suggestion: suggestionOf(said),
    evidence: replies.slice(0, 20).map(({ author, body }) => shorten(`${author ?? "ghost"}: ${body}`, 2_000)),
    source: { thread: thread.id, url: first?.url ?? "" },
  };
}

/** Lines are counted in the commit that the remark was made on, and in the head. */
function linesOf(
  thread: PullThread,
  commit: Oid | null,
): { startLine: number | null; endLine: number | null } {
  const { startLine, endLine, originalStartLine, originalEndLine, originalCommit, aboutFile } = thread;
  if (aboutFile) return { startLine: null, endLine: null };
  if (commit !== originalCommit) return { startLine, endLine };
  return { startLine: originalStartLine, endLine: originalEndLine };
}

/** Comments that are not seen, and folded parts: tools put state, prompts for other tools and adverts there. */
function withoutMachinery(text: string): string {
  return text
    .replace(/<!--[\s\S]*?(-->|$)/g, "")
    .replace(/<details>[\s\S]*?(<\/details>|$)/gi, "")
    .replace(/```suggestion\n[\s\S]*?(```|$)/g, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/**
 * The line that says what is wrong. Bots set a line of labels before it, and the sentence itself in bold:
 *
 *     _⚠️ Potential issue_ | _🟠 Major_
 *
 *     **Close the handle when parsing throws.**
 */
function headline(text: string): string {
  const bold = /^\s*(?:\*\*)(?!\W*$)([^*\n]{8,})\*\*/m.exec(text)?.[1];
  if (bold !== undefined) return bold;
  const lines = text.split("\n").map((line) => line.trim());
  return lines.find((line) => /\p{L}/u.test(line) && !isLabels(line)) ?? lines.find(Boolean) ?? "";
}

function isLabels(line: string): boolean {
  return /^(_[^_]+_|!\[[^\]]*\]\([^)]*\)|\s|\|)+$/.test(line);
}

function plainWords(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>\n]{1,200}>/g, "")
    .replace(/^[\s>#*_-]+|[*_]{2}/g, "")
    .trim();
}

// How the reviewers that many repos have say it: CodeRabbit, Claude, Codex, cubic and Qodo.
const severities: readonly (readonly [RegExp, Severity])[] = [
  [/🔴 Critical|\bP0\b|_Critical_/, "blocker"],
  [/🟠 Major|🔴 Important|\bP1\b|_High_/, "major"],
  [/🟡 Minor|🟣 Pre-existing|\bP2\b|_Medium_/, "minor"],
  [/🔵 Trivial|🧹 Nitpick|🟡 Nit|\bP3\b|\bnit(pick)?:|_Low_/i, "nit"],
];

function severityOf(text: string): Severity {
  return severities.find(([label]) => label.test(text.slice(0, 500)))?.[1] ?? "minor";
}

function categoryOf(text: string): Category {
  return /🔒|\b(security|vulnerab|injection|xss|csrf)/i.test(text.slice(0, 500)) ? "security" : "bug";
}

/** A suggested change replaces the lines that the remark stands at. */
function suggestionOf(text: string): { quote: string; replacement: string } | null {
  const found = /^```suggestion[^\n]*\n([\s\S]*?)^```/m.exec(text)?.[1];
  if (found === undefined || found.length > limits.quote) return null;
  return { quote: "", replacement: found.replace(/\n$/, "") };
}
