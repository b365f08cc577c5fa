import { type CommandName, commands, type LossArgument } from "../manifest";
import { escapeMarkdown, visible } from "../markdown";
import type { Translate } from "../translate";
import { shortOid } from "../tree/row";
import type { Mark } from "./mark";
import { howSure, restoreTitle, shipped, title } from "./words";

const mostLines = 12;
const longestLine = 160;

/** The commands that a hover may run; its Markdown is trusted for these alone. */
export const hoverCommands: readonly CommandName[] = [
  "restoreLoss",
  "showMerge",
  "meantLoss",
  "recoverBranch",
];

/** Who shipped it, why it looks unmeant, how sure that is, what would go, and what can be done; as Markdown. */
export function hoverText(mark: Mark, { lines, language, now, t }: HoverScene): string {
  const { deletion, isLoss } = mark;
  const { introducedBy, evidence, removedBy } = deletion;
  const landings = introducedBy.map(
    (landing) => `${escapeMarkdown(shipped(landing, now, t))} \`${shortOid(landing.oid)}\``,
  );
  const remover = removedBy
    ? [`${escapeMarkdown(t("Removed by {0}", removedBy.subject))} \`${shortOid(removedBy.oid)}\``]
    : [];
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");
  return [
    `$(${isLoss ? "error" : "question"}) **${escapeMarkdown(title(mark, t))}**`,
    landings.join("  \n"),
    list([...evidence.map(({ detail }) => escapeMarkdown(detail)), ...remover]),
    escapeMarkdown(howSure(mark, t)),
    // Before the code, which may be long.
    actions(mark, t),
    codeBlock(lines, language, t),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

export interface HoverScene {
  /** The lines that would go. */
  readonly lines: readonly string[];
  /** A language id, for colours. */
  readonly language: string;
  readonly now: number;
  readonly t: Translate;
}

/** A fence that nothing in the lines can close. */
function codeBlock(lines: readonly string[], language: string, t: Translate): string {
  if (lines.length === 0) return "";
  const shown = lines.slice(0, mostLines).map((line) => visibleCode(line.slice(0, longestLine)));
  const more = lines.length - shown.length;
  const longest = Math.max(
    2,
    ...shown.map((line) => Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length))),
  );
  const fence = "`".repeat(longest + 1);
  const word = /^[\w+#-]+$/.test(language) ? language : "";
  const rest =
    more > 0
      ? `\n\n${escapeMarkdown(more === 1 ? t("and 1 line more") : t("and {0} lines more", more))}`
      : "";
  return `${fence}${word}\n${shown.join("\n")}\n${fence}${rest}`;
}

function visibleCode(line: string): string {
  return line.split("\t").map(visible).join("\t");
}

function actions(mark: Mark, t: Translate): string {
  const argument: LossArgument = { path: mark.worktree.path, loss: mark.deletion.id };
  // A closing parenthesis would end the link.
  const query = encodeURIComponent(JSON.stringify([argument])).replace(/[()]/g, (char) =>
    char === "(" ? "%28" : "%29",
  );
  const link = (icon: string, text: string, name: CommandName) =>
    `[$(${icon}) ${escapeMarkdown(text)}](command:${commands[name].id}?${query})`;
  return [
    link("discard", restoreTitle(mark, t), "restoreLoss"),
    link("git-compare", t("Show what the merge would do"), "showMerge"),
    link("check", t("It is meant…"), "meantLoss"),
    ...(mark.worktree.branch === null
      ? []
      : [link("repo-forked", t("Recover the branch…"), "recoverBranch")]),
  ].join(" &nbsp; ");
}
