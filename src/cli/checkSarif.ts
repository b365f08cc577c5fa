import { createHash } from "node:crypto";
import { version } from "../../package.json";
import { remedy } from "../losses/remedy";
import type { CheckDocument, Deletion } from "../model/check";

const rules = [
  {
    id: "loss",
    text: "The merge loses work that landed, and nothing says that this is meant.",
    level: "error",
  },
  {
    id: "recent-work",
    text: "The merge removes recent work; only a person can tell whether that is meant.",
    level: "warning",
  },
  { id: "conflict", text: "The merge conflicts, and one side's work is at risk.", level: "error" },
] as const;

/** The check as SARIF 2.1.0, places being those of the head. */
export function checkSarif(document: CheckDocument): string {
  const results = [
    ...document.losses.map((loss) => result("loss", loss, message(document, loss))),
    ...document.questions.map((question) => result("recent-work", question, message(document, question))),
    ...document.conflicts.map(({ path, atRisk }) =>
      result(
        "conflict",
        { path, headPath: path, headLine: null, introducedBy: atRisk },
        `Work at risk: ${atRisk.map(({ subject, author }) => `${subject} by ${author}`).join("; ")}`,
      ),
    ),
  ];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "agent-foreman",
            version,
            rules: rules.map(({ id, text, level }) => ({
              id,
              shortDescription: { text },
              defaultConfiguration: { level },
            })),
          },
        },
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function message(document: CheckDocument, deletion: Deletion): string {
  const work = deletion.introducedBy.map(({ subject, author }) => `${subject} by ${author}`).join("; ");
  const amount = deletion.lines > 0 ? `${deletion.lines} lines of ${deletion.path}` : deletion.path;
  return [
    `${amount}${work ? `, landed with ${work},` : ""} would be lost.`,
    ...deletion.evidence.map(({ detail }) => detail),
    `Get it back: ${remedy(document, deletion)}`,
  ].join(" ");
}

function result(
  id: (typeof rules)[number]["id"],
  at: Pick<Deletion, "path" | "headPath" | "headLine" | "introducedBy">,
  text: string,
): object {
  const landings = at.introducedBy.map(({ oid }) => oid).join(" ");
  return {
    ruleId: id,
    ruleIndex: rules.findIndex((rule) => rule.id === id),
    level: rules.find((rule) => rule.id === id)?.level,
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: (at.headPath ?? at.path).split("/").map(encodeURIComponent).join("/") },
          ...(at.headLine === null ? {} : { region: { startLine: at.headLine } }),
        },
      },
    ],
    partialFingerprints: {
      "loss/v1": createHash("sha256").update(`${id}\n${at.path}\n${landings}`).digest("hex"),
    },
  };
}
