import { severities } from "../model/finding";
import type { JudgedFinding } from "../model/verdict";

/** By file, the file with the worst finding first; in a file the worst first, then from top to bottom. */
export function rank(findings: readonly JudgedFinding[]): JudgedFinding[] {
  const worst = new Map<string, number>();
  for (const finding of findings) {
    const file = shownPath(finding);
    worst.set(file, Math.min(worst.get(file) ?? Number.POSITIVE_INFINITY, weight(finding)));
  }
  const order = (a: JudgedFinding, b: JudgedFinding): number =>
    (worst.get(shownPath(a)) ?? 0) - (worst.get(shownPath(b)) ?? 0) ||
    compare(shownPath(a), shownPath(b)) ||
    weight(a) - weight(b) ||
    lineOf(a) - lineOf(b) ||
    compare(a.id, b.id);
  return [...findings].sort(order);
}

/** The file as the head calls it; as the reviewer called it where the head has no such place. */
export function shownPath(finding: JudgedFinding): string {
  return finding.anchor?.path ?? finding.path;
}

function weight({ severity }: JudgedFinding): number {
  return severities.indexOf(severity);
}

function lineOf(finding: JudgedFinding): number {
  return finding.anchor?.startLine ?? Number.MAX_SAFE_INTEGER;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
