import { remedy } from "../losses/remedy";
import type { CheckDocument, Deletion } from "../model/check";

/** GitHub workflow commands: an annotation a finding, at the head's line where there is one. */
export function checkGithub(document: CheckDocument): string {
  const lines = [
    ...document.losses.map((loss) =>
      annotation("error", loss, `Lost on merge (${loss.confidence})`, message(document, loss)),
    ),
    ...document.conflicts.map(({ path, atRisk }) => {
      const work = atRisk.map(({ subject, author }) => `${subject} by ${author}`).join("; ");
      const at = { path, headPath: path, headLine: null };
      return annotation("error", at, "Conflict", `Work at risk: ${work || "see the base branch"}.`);
    }),
    ...document.questions.map((question) =>
      annotation("warning", question, "Recent work removed: is that meant?", message(document, question)),
    ),
    ...document.notes.map(({ code, path, detail }) =>
      path === null
        ? `::notice title=${property(code)}::${data(detail)}`
        : annotation("notice", { path, headPath: path, headLine: null }, code, detail),
    ),
  ];
  return lines.map((line) => `${line}\n`).join("");
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

function annotation(
  level: "error" | "warning" | "notice",
  at: Pick<Deletion, "path" | "headPath" | "headLine">,
  title: string,
  text: string,
): string {
  const line = at.headLine === null ? "" : `,line=${at.headLine}`;
  return `::${level} file=${property(at.headPath ?? at.path)}${line},title=${property(title)}::${data(text)}`;
}

/** A raw newline would end the command, and what follows it could be another one. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
