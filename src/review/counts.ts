import type { JudgedFinding, Status, StoredFinding, Verdict } from "../model/verdict";
import { statuses } from "../model/verdict";
import { lastVerdicts } from "./status";

export interface Counts extends Record<Status, number> {
  readonly total: number;
  /** All that asks nothing of a person any more. */
  readonly decided: number;
}

export function countStatuses(findings: readonly JudgedFinding[]): Counts {
  const of = (status: Status) => findings.filter((finding) => finding.status === status).length;
  const each = Object.fromEntries(statuses.map((status) => [status, of(status)])) as Record<Status, number>;
  return { ...each, total: findings.length, decided: findings.length - each.open };
}

/** How often a person agreed with a reviewer; `precision` is null while nobody decided on any of its findings. */
export interface Precision {
  readonly reviewer: string;
  readonly accepted: number;
  readonly decided: number;
  readonly precision: number | null;
}

/** Accepted ÷ decided over all that was ever raised here. Only what a person said of that very finding counts. */
export function precisions(known: readonly StoredFinding[], verdicts: readonly Verdict[]): Precision[] {
  const decisions = lastVerdicts(verdicts);
  const raised = new Map<string, Set<string>>();
  for (const { reviewer, id } of known) raised.set(reviewer, (raised.get(reviewer) ?? new Set()).add(id));
  return [...raised]
    .map(([reviewer, ids]) => {
      const said = [...ids].map((id) => decisions.get(id)?.verdict);
      const accepted = said.filter((verdict) => verdict === "accept").length;
      const decided = accepted + said.filter((verdict) => verdict === "overrule").length;
      return { reviewer, accepted, decided, precision: decided === 0 ? null : accepted / decided };
    })
    .sort((a, b) => (a.reviewer < b.reviewer ? -1 : 1));
}
