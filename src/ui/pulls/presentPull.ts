import type { SupervisedPull } from "../../fleet";
import { escapeMarkdown } from "../markdown";
import type { Translate } from "../translate";
import { doneInShort } from "../tree/done";
import { lossesInShort } from "../tree/losses";
import { conflictsInShort, type Names, overlapsInWords } from "../tree/overlaps";
import type { Row } from "../tree/row";
import { checkInWords } from "../tree/tooltip";
import { pullCapabilities, pullIcon, pullState, remembered } from "./words";

/** What is needed, beside a pull request, to say something about it. */
export interface PullScene {
  readonly names: Names;
  readonly t: Translate;
  /** Milliseconds. */
  readonly now: number;
}

/** A pull request without a worktree as a row. */
export function presentPull(
  { pull, check, done, asOf, overlaps }: SupervisedPull,
  { t, now, names }: PullScene,
): Row {
  const lost = lossesInShort(check, t);
  const old = asOf === null ? null : remembered(asOf, now, t);
  const parts = [
    lost,
    conflictsInShort({ overlaps }, names, t),
    ...pullState(pull, t),
    pull.author,
    old,
  ].filter((part) => part !== null);
  const label = `#${pull.number} ${pull.title}`;
  const target = { ref: pull.base.branch, oid: pull.base.oid, fetchedAt: null };
  const lines: [string, string | null][] = [
    [t("Branch"), pull.from === null ? pull.branch : `${pull.from}: ${pull.branch}`],
    [t("Target"), pull.base.branch],
    [t("Losses"), check ? checkInWords({ check }, { target, t }) : t("not known: its commits are not here")],
    [t("Overlap"), overlapsInWords({ overlaps }, names, t)],
    [t("Done"), doneInShort(done, t)],
    [t("Checks"), pull.checks.failed.length > 0 ? pull.checks.failed.join(", ") : null],
    [t("State"), pullState(pull, t).join(", ") || null],
  ];
  const body = lines
    .filter((line): line is [string, string] => line[1] !== null)
    .map(([name, value]) => `${escapeMarkdown(name)}: ${escapeMarkdown(value)}`);
  return {
    label,
    description: parts.join(" · "),
    icon: lost ? { id: "error", color: "list.errorForeground" } : pullIcon(pull),
    tooltip: [`**${escapeMarkdown(label)}**`, body.join("  \n")].join("\n\n"),
    spoken: [label, ...parts].join(", "),
    context: `;${["alone", ...pullCapabilities(pull)].join(";")};`,
  };
}
