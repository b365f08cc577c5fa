import { remedy } from "../losses/remedy";
import type { CheckDocument, Deletion } from "../model/check";
import { annotation } from "./annotation";

/** GitHub workflow commands: an annotation a finding, at the head's line where there is one. */
export function checkGithub(document: CheckDocument): string {
  const lines = [
    ...document.losses.map((loss) =>
      annotation("error", placeOf(loss), `Lost on merge (${loss.confidence})`, message(document, loss)),
    ),
    ...document.conflicts.map(({ path, atRisk }) => {
      const work = atRisk.map(({ subject, author }) => `${subject} by ${author}`).join("; ");
      const text = `Work at risk: ${work || "see the base branch"}.`;
      return annotation("error", { path, line: null }, "Conflict", text);
    }),
    ...document.questions.map((question) =>
      annotation(
        "warning",
        placeOf(question),
        "Recent work removed: is that meant?",
        message(document, question),
      ),
    ),
    ...document.notes.map(({ code, path, detail }) =>
      annotation("notice", path === null ? null : { path, line: null }, code, detail),
    ),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function placeOf({ path, headPath, headLine }: Deletion) {
  return { path: headPath ?? path, line: headLine };
}

function message(document: CheckDocument, deletion: Deletion): string {
  const work = deletion.introducedBy.map(({ subject, author }) => `${subject} by ${author}`).join("; ");
  const ranges = deletion.baseRanges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
  return [
    `${deletion.path}${ranges.length > 0 ? `: lines ${ranges.join(", ")} of ${document.base.ref}` : ""}`,
    ...(work ? [`Landed with ${work}`] : []),
    ...deletion.evidence.map(({ detail }) => detail),
    `Get it back: ${remedy(document, deletion)}`,
  ].join("\n");
}
