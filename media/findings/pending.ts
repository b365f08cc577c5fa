import type { PanelFinding } from "../../src/messages";

export type Decision = "accept" | "overrule" | "reopen";

/** What a finding looks like while the host has not confirmed the decision. */
export function decided(finding: PanelFinding, verdict: Decision, reason: string | null): PanelFinding {
  if (verdict === "reopen") return { ...finding, status: "open", decision: null, sent: false };
  return {
    ...finding,
    sent: false,
    status: verdict === "accept" ? "accepted" : "overruled",
    decision: { by: "", reason, inherited: false },
  };
}

/** Decisions on their way to the host, newest last for each finding; they show at once and go when answered. */
export class PendingDecisions {
  private readonly all = new Map<string, { verdict: Decision; reason: string | null }>();

  /** Returns what ends it. */
  add(id: string, verdict: Decision, reason: string | null): () => void {
    const mine = { verdict, reason };
    this.all.set(id, mine);
    return () => {
      if (this.all.get(id) === mine) this.all.delete(id);
    };
  }

  apply(findings: readonly PanelFinding[]): readonly PanelFinding[] {
    if (this.all.size === 0) return findings;
    return findings.map((finding) => {
      const pending = this.all.get(finding.id);
      return pending ? decided(finding, pending.verdict, pending.reason) : finding;
    });
  }
}
