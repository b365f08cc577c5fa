import type { JudgedFinding } from "../model/verdict";
import { shownPath } from "../review/rank";
import type { Review } from "../review/review";
import type { SentFindings } from "../review/send/send";
import { ago, count, printable, table } from "./words";

/** The same for a person: a block a file, a line a finding, and how far the decisions are. */
export function findingsText(review: Review): string {
  const blocks = new Map<string, JudgedFinding[]>();
  for (const finding of review.findings) {
    const file = shownPath(finding);
    blocks.set(file, [...(blocks.get(file) ?? []), finding]);
  }
  const files = [...blocks].map(
    ([file, group]) => `${printable(file)}\n${table(group.map(row)).replace(/^/gm, "  ")}\n\n`,
  );
  return files.join("") + closing(review);
}

function row(finding: JudgedFinding): string[] {
  const { id, severity, anchor, status, decision, title } = finding;
  const reason = status === "overruled" && decision?.reason ? ` (${printable(decision.reason)})` : "";
  return [
    id.slice(0, 8),
    finding.sentAt === null ? status : `${status}, sent`,
    severity,
    anchor ? `line ${anchor.startLine}` : "no line",
    printable(title) + reason,
  ];
}

function closing(review: Review): string {
  const { head, runs, counts, findings } = review;
  const newest = runs.at(-1);
  const progress =
    findings.length === 0
      ? "No findings."
      : `${counts.decided} of ${counts.total} decided, ${counts.open} open.`;
  const by = [...new Set(runs.map(({ reviewer }) => printable(reviewer)))].join(", ");
  const at =
    newest && newest.headOid !== head.oid ? `at ${newest.headOid.slice(0, 8)}, not at this head` : "";
  const agreed = precisionText(review);
  return `${progress} Reviewed by ${by}${at ? ` ${at}` : ""}${newest ? `, ${ago(newest.at)}` : ""}.\n${agreed}`;
}

/** How often a person agreed with these reviewers, in this repo; empty while nobody decided. */
function precisionText({ precision, runs }: Review): string {
  const here = new Set(runs.map(({ reviewer }) => reviewer));
  const each = precision.flatMap(({ reviewer, accepted, decided, precision: share }) =>
    share === null || !here.has(reviewer)
      ? []
      : [`${printable(reviewer)} ${Math.round(share * 100)} % (${accepted} of ${decided})`],
  );
  return each.length > 0 ? `Accepted of decided: ${each.join(", ")}.\n` : "";
}

export function sentText({ file, findings, prompt }: SentFindings): string {
  return `${count(findings.length, "finding")} for the agent in ${printable(file)}. Tell it: ${printable(prompt)}\n`;
}
