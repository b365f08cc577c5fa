import type { JudgedFinding } from "../../model/verdict";
import { shownPath } from "../rank";
import type { Review } from "../review";

export const exportFormats = ["json", "sarif", "rdjson"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The review in a format that other tools read. */
export function writeFindings(review: Review, format: ExportFormat): object {
  if (format === "sarif") return toSarif(review);
  return format === "rdjson" ? toRdjson(review) : toDocument(review);
}

/** Our own: can be imported again, and carries what was decided. */
function toDocument({ head, runs, findings }: Review): object {
  const newest = runs.at(-1);
  return {
    schemaVersion: 1,
    headSha: head.oid,
    verdict: newest?.verdict ?? "unsure",
    summary: newest?.summary ?? "",
    findings: findings.map((finding) => ({
      ...finding,
      path: shownPath(finding),
      startLine: finding.anchor?.startLine ?? finding.startLine,
      endLine: finding.anchor?.endLine ?? finding.endLine,
    })),
    dod: [],
  };
}

const levels = { blocker: "error", major: "error", minor: "warning", nit: "note" } as const;

function toSarif({ head, findings }: Review): object {
  const shown = findings.filter(({ status }) => status !== "fixed" && status !== "outdated");
  const categories = [...new Set(shown.map(({ category }) => category))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "agent-foreman",
            rules: categories.map((category) => ({
              id: `review/${category}`,
              shortDescription: { text: `A reviewer's finding: ${category}` },
              properties: { tags: category === "security" ? ["security", "review"] : ["review"] },
            })),
          },
        },
        // Required beside the revision, and what it is of is known to whoever uploads it.
        properties: { revisionId: head.oid },
        results: shown.map(sarifResult),
      },
    ],
  };
}

function sarifResult(finding: JudgedFinding): object {
  const { anchor, decision, status } = finding;
  const text = [finding.title, finding.failureScenario].filter(Boolean).join("\n\n");
  const overruled = status === "overruled";
  return {
    ruleId: `review/${finding.category}`,
    level: levels[finding.severity],
    message: { text, ...(finding.body ? { markdown: finding.body } : {}) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: shownPath(finding).split("/").map(encodeURIComponent).join("/") },
          ...(anchor
            ? {
                region: {
                  startLine: anchor.startLine,
                  endLine: anchor.endLine,
                  ...(finding.quote ? { snippet: { text: finding.quote } } : {}),
                },
              }
            : {}),
        },
      },
    ],
    partialFingerprints: { "agentForeman/v1": finding.id },
    properties: {
      severity: finding.severity,
      category: finding.category,
      status,
      reviewers: finding.reviewers,
      failureScenario: finding.failureScenario,
      ...(finding.confidence === null ? {} : { confidence: finding.confidence }),
    },
    suppressions: overruled
      ? [{ kind: "external", status: "accepted", justification: decision?.reason ?? "" }]
      : [],
  };
}

const severitiesOfRdjson = { blocker: "ERROR", major: "ERROR", minor: "WARNING", nit: "INFO" } as const;

/** What is still to be mended: the open and the accepted, since the format knows no suppression. */
function toRdjson({ findings }: Review): object {
  const live = findings.filter(({ status }) => status === "open" || status === "accepted");
  return {
    source: { name: "agent-foreman" },
    diagnostics: live.map((finding) => ({
      message: [finding.title, finding.failureScenario, finding.body].filter(Boolean).join("\n\n"),
      location: {
        path: shownPath(finding),
        ...(finding.anchor
          ? {
              range: {
                start: { line: finding.anchor.startLine, column: 1 },
                end: { line: finding.anchor.endLine, column: 1 },
              },
            }
          : {}),
      },
      severity: severitiesOfRdjson[finding.severity],
      code: { value: finding.id },
    })),
  };
}
