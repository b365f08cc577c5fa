import { isLostByMerges } from "../losses/lostByMerges";
import { recoverCommand, remedy } from "../losses/remedy";
import { type CheckDocument, type Deletion, type Introducer, uncommitted } from "../model/check";
import { ago, count, printable } from "./words";

/**
 * The check for a person or an agent: what vanishes, whose work it is, and how to get it back. `branch`: what was checked,
 * where that is one.
 */
export function checkText(document: CheckDocument, branch: string | null = null): string {
  const { losses, questions, conflicts, intended, notes, looksOnly, behind } = document;
  const base = printable(document.base.ref);
  const head = printable(document.head.ref);
  const parts = [headline(document, base, head)];
  for (const loss of losses) parts.push(entry("LOST", document, loss, loss.confidence));
  if (branch !== null && isLostByMerges(document))
    parts.push(
      "Only merges on the branch threw that away; its own commits are fine. This takes just them to a clean branch:\n" +
        `  ${printable(recoverCommand(branch, document.base.ref))}`,
    );
  for (const question of questions) parts.push(entry("MEANT?", document, question, "no proof either way"));
  for (const conflict of conflicts)
    parts.push(
      [
        `CONFLICT  ${printable(conflict.path)}`,
        ...conflict.atRisk.map((landing) => `  at risk: ${whose(landing)}`),
        "  Settle it so that both sides' work is there; taking one side drops the other's.",
      ].join("\n"),
    );
  for (const note of notes)
    parts.push(`NOTE  ${note.path === null ? "" : `${printable(note.path)}: `}${printable(note.detail)}`);
  const quiet = [
    ...(intended.length > 0 ? [`${count(intended.length, "deletion")} meant: ${shortList(intended)}`] : []),
    ...(looksOnly.lines > 0
      ? [
          `${looksOnly.more ? "At least " : ""}${count(looksOnly.lines, "line")} in ${count(looksOnly.files, "file")} only look deleted, because the branch is ${count(behind, "commit")} behind; the merge keeps them`,
        ]
      : []),
  ];
  if (quiet.length > 0) parts.push(quiet.map((line) => `${line}.`).join("\n"));
  if (losses.length + questions.length > 0)
    parts.push(
      "Where it is meant: say so in a commit, with the trailer  Intentional-removal: <path or reason>\n" +
        "or only here:  agent-foreman meant ID --reason TEXT",
    );
  return `${parts.join("\n\n")}\n`;
}

function headline(
  { losses, questions, conflicts, method }: CheckDocument,
  base: string,
  head: string,
): string {
  const how = method === "merge" ? "merged" : method === "squash" ? "squashed" : "rebased";
  const what = `${head} (${how}) on ${base}`;
  if (losses.length > 0) {
    const lines = losses.reduce((sum, loss) => sum + loss.lines, 0);
    return `Landing ${what} would lose other people's work: ${count(lines, "line")} in ${count(losses.length, "file")}.`;
  }
  if (conflicts.length > 0)
    return `Landing ${what} conflicts in ${count(conflicts.length, "file")}; nothing is lost until somebody settles it.`;
  if (questions.length > 0)
    return `Landing ${what} removes recent work in ${count(questions.length, "file")}. Is that meant?`;
  return `Landing ${what} loses nothing.`;
}

function entry(word: string, document: CheckDocument, deletion: Deletion, how: string): string {
  const { removedBy, evidence } = deletion;
  return [
    `${word}  ${whereAndWhat(deletion)} (${how}) [${deletion.id.slice(0, 8)}]`,
    ...deletion.introducedBy.map((landing) => `  landed with ${whose(landing)}`),
    ...(removedBy ? [`  removed by ${remover(document, removedBy)}`] : []),
    ...evidence.map(({ detail }) => `  ${printable(detail)}`),
    `  Get it back:  ${printable(remedy(document, deletion))}`,
  ].join("\n");
}

/** `src/shop.ts (now src/till.ts): an older version is back, lines 3, 5-11`: the lines are those of the target's file. */
export function whereAndWhat({ path, headPath, baseRanges, kind }: Deletion): string {
  const renamed = headPath !== null && headPath !== path ? ` (now ${printable(headPath)})` : "";
  const shown = baseRanges.slice(0, 8).map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
  const more = baseRanges.length > 8 ? " …" : "";
  const one = shown.length === 1 && baseRanges[0]?.[0] === baseRanges[0]?.[1];
  const where = shown.length > 0 ? [`${one ? "line" : "lines"} ${shown.join(", ")}${more}`] : [];
  const what = [...(kinds[kind] ? [kinds[kind]] : []), ...where].join(", ");
  return `${printable(path)}${renamed}: ${what}`;
}

/** What is not committed has no id that anybody could look up. */
function remover({ worktree }: CheckDocument, { oid, subject }: NonNullable<Deletion["removedBy"]>): string {
  return worktree && subject === uncommitted ? uncommitted : `${oid.slice(0, 9)} ${printable(subject)}`;
}

const kinds: Readonly<Record<Deletion["kind"], string>> = {
  file: "the whole file",
  lines: "",
  submodule: "an older submodule commit",
  binary: "an older or no content",
  mode: "an older file mode",
  "move-undone": "moved back to its old place",
  "resurrected-old-version": "an older version is back",
};

export function whose({ subject, author, committedAt }: Introducer): string {
  return `${printable(subject)}, by ${printable(author)}, ${ago(committedAt)}`;
}

function shortList(entries: readonly { readonly path: string }[]): string {
  const paths = entries.map(({ path }) => printable(path));
  return paths.length > 5 ? `${paths.slice(0, 5).join(", ")} and ${paths.length - 5} more` : paths.join(", ");
}
