import type { Finding } from "../../src/model/finding";
import type { StoredFinding, Verdict } from "../../src/model/verdict";

/** A finding with neutral values where none are given. */
export function finding(values: Partial<Finding> = {}): Finding {
  return {
    title: "The total ignores the discount",
    body: "",
    path: "src/cart.ts",
    side: "RIGHT",
    startLine: null,
    endLine: null,
    quote: "return sum;",
    failureScenario: "",
    severity: "major",
    category: "bug",
    confidence: null,
    preExisting: false,
    suggestion: null,
    evidence: [],
    ...values,
  };
}

export const head = "a".repeat(40);

export function stored(values: Partial<StoredFinding> = {}): StoredFinding {
  return {
    ...finding(values),
    id: "1".repeat(16),
    headOid: head,
    reviewer: "claude",
    runId: "run-1",
    symbol: null,
    found: true,
    ...values,
  };
}

export function verdict(values: Partial<Verdict> = {}): Verdict {
  return {
    findingId: "1".repeat(16),
    headOid: head,
    verdict: "accept",
    reason: null,
    by: "Ann",
    at: "2026-11-22T10:00:00.000Z",
    ...values,
  };
}
