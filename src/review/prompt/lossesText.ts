import type { CheckDocument, Deletion } from "../../model/check";

const most = 30;

/** What landing the change would take from its target, in lines for a reviewer. */
export function lossesText({ losses, questions, intended, conflicts }: CheckDocument): string {
  const lines = [
    ...losses.map((each) => line("LOST", each)),
    ...questions.map((each) => line("MEANT?", each)),
    ...conflicts.map(({ path }) => `CONFLICT ${path}`),
    ...intended.map((each) => `${line("meant", each)}: ${each.why}`),
  ];
  if (lines.length === 0) return "Nothing.";
  const more = lines.length - most;
  return [...lines.slice(0, most), ...(more > 0 ? [`… and ${more} more`] : [])].join("\n");
}

function line(word: string, { path, kind, baseRanges, introducedBy, evidence }: Deletion): string {
  const where = baseRanges.slice(0, 5).map(([from, to]) => `${from}-${to}`);
  const what = where.length > 0 ? `lines ${where.join(", ")} of the target` : kind;
  const landed = introducedBy[0] ? `, landed with "${introducedBy[0].subject}"` : "";
  const why = evidence[0] ? ` (${evidence[0].detail})` : "";
  return `${word} ${path}: ${what}${landed}${why}`;
}
