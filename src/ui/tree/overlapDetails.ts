import type { Overlap } from "../../model/overlap";
import type { Worktree } from "../../model/worktree";
import { escapeMarkdown } from "../markdown";
import type { Translate } from "../translate";
import { type Detail, detail } from "./detail";
import { filesInAll } from "./losses";
import { meetingInWords, type Names, whereInShort } from "./overlaps";
import type { Icon } from "./row";

// With more than these in the way, it is the number that counts.
const mostRows = 5;
const mostFiles = 10;

/** The branches that change the same lines, a row each; who only changes the same files is in the tooltip alone. */
export function overlapDetails({ overlaps }: Worktree, names: Names, t: Translate): Detail[] {
  const met = (overlaps ?? []).filter(({ kind, with: other }) => kind !== "files" && names.has(other));
  const rows = met.slice(0, mostRows).map((overlap) => overlapRow(overlap, names.get(overlap.with) ?? "", t));
  const rest = met.slice(mostRows).map((overlap) => names.get(overlap.with) ?? "");
  return rest.length === 0
    ? rows
    : [
        ...rows,
        detail("overlaps", "ellipsis", t("Overlap"), t("with {0} more", rest.length), rest.join(", ")),
      ];
}

function overlapRow(overlap: Overlap, name: string, t: Translate): Detail {
  const { kind, with: other } = overlap;
  const id = `overlap-${kind}-${other}`;
  if (kind === "builds-on" || kind === "built-on") {
    const words = kind === "builds-on" ? t("builds on {0}", name) : t("is what {0} builds on", name);
    return { ...detail(id, "layers", t("Stacked"), words), context: ";detail;stacked;", other };
  }
  const [first] = overlap.files;
  const rest = overlap.files.length - 1 + overlap.more;
  const sentence = first ? meetingInWords(first, name, t) : "";
  const [label, icon, words]: [string, Icon, string] =
    kind === "conflict"
      ? [
          t("Would conflict"),
          { id: "warning", color: "list.warningForeground" },
          t("with {0} in {1}", name, whereInShort(overlap, t)),
        ]
      : [
          t("Overlap"),
          { id: "git-compare" },
          rest > 0 ? t("{0} (+{1})", sentence, filesInAll(rest, t)) : sentence,
        ];
  const all = sentences(overlap, name, t);
  return {
    ...detail(id, icon, label, words, [words, ...all].join(". ")),
    tooltip: [
      `**${escapeMarkdown(label)}** ${escapeMarkdown(words)}`,
      ...all.map((each) => `- ${escapeMarkdown(each)}`),
    ].join("\n"),
    context: ";detail;overlap;",
    other,
    opens: "openOverlap",
  };
}

function sentences({ files, more, tried }: Overlap, name: string, t: Translate): string[] {
  const rest = Math.max(0, files.length - mostFiles) + more;
  return [
    ...files.slice(0, mostFiles).map((file) => {
      const words = meetingInWords(file, name, t);
      return file.conflict ? t("{0}: conflict", words) : words;
    }),
    ...(rest > 0 ? [t("and {0} more", filesInAll(rest, t))] : []),
    ...(tried ? [] : [t("the merge could not be tried, so it may conflict all the same")]),
  ];
}
