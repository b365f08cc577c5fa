import type { GateId, Place } from "../../model/done";
import type { Category } from "../../model/finding";
import type { JudgedFinding, ReviewRun } from "../../model/verdict";
import type { Oid } from "../../model/worktree";
import { count, type Found, fail, pass, skip, unknown } from "../found";

/** What reviewers said of a head. */
export interface Reviewed {
  readonly head: Oid;
  readonly runs: readonly ReviewRun[];
  readonly findings: readonly JudgedFinding[];
}

/** What only a reader can judge turns the gate red that it belongs to. */
const gateOf: Readonly<Partial<Record<Category, GateId>>> = {
  docs: "docs",
  changelog: "changelog",
  conventions: "conventions",
  ticket: "ticket",
  debt: "debt",
};

/** Has a person decided on every finding, and is what was accepted put right. */
export function review({ head, runs, findings }: Reviewed, required: boolean): Found {
  const fix = "Review it, then accept or overrule each finding: agent-foreman findings.";
  if (runs.length === 0)
    return required ? unknown("It was not reviewed.", fix) : skip("It was not reviewed, and need not be.");
  const standing = findings.filter(
    (finding) => isStanding(finding) && gateOf[finding.category] === undefined,
  );
  if (standing.length > 0) {
    const open = standing.filter(({ status }) => status === "open").length;
    const parts = [
      ...(open > 0 ? [`${count(open, "finding")} nobody decided on`] : []),
      ...(standing.length > open
        ? [`${count(standing.length - open, "accepted finding")} not put right yet`]
        : []),
    ];
    return fail(
      `There ${standing.length === 1 ? "is" : "are"} ${parts.join(" and ")}.`,
      fix,
      standing.map(placeOf),
    );
  }
  if (required && !runs.some(({ headOid }) => headOid === head))
    return unknown("What was reviewed is an older state.", "Review what it is now.");
  return pass("All findings are decided.");
}

/** What a reviewer found that another gate is about: a rule that the change contradicts, documents that are wrong now. */
export function findingsFor({ findings }: Reviewed, gate: GateId): Place[] {
  return findings.filter((each) => isStanding(each) && gateOf[each.category] === gate).map(placeOf);
}

/** A small matter that was accepted is for the author to see to; it holds nobody up. */
function isStanding({ status, severity }: JudgedFinding): boolean {
  return status === "open" || (status === "accepted" && severity !== "nit");
}

function placeOf({ title, path, anchor, status, reviewers }: JudgedFinding): Place {
  const word = status === "open" ? "undecided" : "accepted";
  return {
    path: anchor?.path ?? path,
    line: anchor?.startLine ?? null,
    message: `${title} (${word}, by ${reviewers.join(", ")})`,
  };
}
