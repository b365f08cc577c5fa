import type { Deletion, Introducer } from "../../model/check";
import { visible } from "../markdown";
import type { Translate } from "../translate";
import { age } from "../tree/age";
import { amount, landingsOf } from "../tree/losses";
import { shortRef } from "../tree/row";
import type { Mark } from "./mark";

const longestLine = 80;

/** "4 lines of #12", "this file (15 lines of #12)": what would be lost. */
export function object(deletion: Deletion, t: Translate): string {
  const landings = landingsOf([deletion]);
  const what = amount([deletion], t);
  const whose = landings === "" ? what : t("{0} of {1}", what, landings);
  switch (deletion.kind) {
    case "lines":
    case "resurrected-old-version":
      return whose;
    case "file":
      return deletion.lines > 0 ? t("this file ({0})", whose) : t("this file");
    case "binary":
      return t("the newer version of this file");
    case "mode":
      return t("the newer mode of this file");
    case "submodule":
      return t("the newer commit of this submodule");
    case "move-undone":
      return t("the move of this file to {0}", deletion.path);
  }
}

/** Beside the place, with the first of the lines: "⟵ 2 lines of #12 would go: } else if (…) {". */
export function besideGap({ deletion, isLoss }: Mark, lines: readonly string[], t: Translate): string {
  const what =
    lines.length > 0 ? object({ ...deletion, kind: "lines", lines: lines.length }, t) : object(deletion, t);
  const gone = isLoss ? t("{0} would go", what) : t("{0} would go; meant?", what);
  const first = lines.find((line) => /\w/.test(line))?.trim() ?? "";
  return `⟵ ${first === "" ? gone : t("{0}: {1}", gone, cut(visible(first)))}`;
}

/** In sentences, and in one line, for Problems and screen readers: what would be lost, whose work it is, and why it looks unmeant. */
export function sentences({ base, deletion, isLoss }: Mark, t: Translate): string {
  const [first] = deletion.introducedBy;
  return [
    t("The merge into {0} would lose {1}.", shortRef(base.ref), object(deletion, t)),
    ...(first ? [t("Shipped by {0} with {1}.", first.author, first.subject)] : []),
    ...deletion.evidence.map(({ detail }) => detail),
    ...(isLoss ? [] : [t("Is that meant?")]),
  ]
    .map(visible)
    .join(" ");
}

/** "Merging agent/csv into origin/main would lose 4 lines of #12" */
export function title({ worktree, base, deletion }: Mark, t: Translate): string {
  const from = worktree.branch ?? worktree.name;
  return t("Merging {0} into {1} would lose {2}", from, shortRef(base.ref), object(deletion, t));
}

export function howSure({ deletion }: Mark, t: Translate): string {
  switch (deletion.confidence) {
    case "certain":
      return t("Certain: the history itself shows it.");
    case "likely":
      return t("Likely: what was replaced is back.");
    case "unsure":
      return t("No proof either way: only a person can tell.");
  }
}

/** "CSV export (#12), by Claude, 2 days ago" */
export function shipped({ subject, author, committedAt }: Introducer, now: number, t: Translate): string {
  const passed = age(committedAt, now, t);
  const recent = now - Date.parse(committedAt) < 60_000;
  return t("{0}, by {1}, {2}", subject, author, recent ? passed : t("{0} ago", passed));
}

export function restoreTitle({ deletion }: Mark, t: Translate): string {
  switch (deletion.kind) {
    case "lines":
    case "resurrected-old-version":
      return deletion.lines === 1 ? t("Restore this line") : t("Restore these lines");
    case "move-undone":
      return t("Move the file again");
    default:
      return t("Restore the file");
  }
}

function cut(text: string): string {
  return text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
}

/** The same as a button that says all: "Restore 4 lines of #12". */
export function restoreInShort(mark: Mark, t: Translate): string {
  const { kind } = mark.deletion;
  return kind === "move-undone" ? restoreTitle(mark, t) : t("Restore {0}", object(mark.deletion, t));
}
