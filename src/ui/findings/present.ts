import type { PanelFinding, PanelSnapshot } from "../../messages";
import type { JudgedFinding } from "../../model/verdict";
import { codeAround } from "../../review/around";
import { shownPath } from "../../review/rank";
import type { Review } from "../../review/review";
import { visible } from "../markdown";
import type { Translate } from "../translate";

/** The panel's picture of a review. Everything that a reviewer or a repo wrote comes out with nothing hidden in it. */
export function present(review: Review, worktree: string, revision: number, t: Translate): PanelSnapshot {
  const { head, runs, findings, precision } = review;
  return {
    revision,
    worktree,
    title: t("Findings of {0}", visible(head.branch ?? head.oid.slice(0, 8))),
    subtitle: subtitle(review, t),
    reviewed: runs.length > 0,
    problem: "",
    findings: findings.map((finding) => presentFinding(finding, review)),
    precision: precision
      .filter(({ reviewer }) => runs.some((run) => run.reviewer === reviewer))
      .map((each) => ({ ...each, reviewer: visible(each.reviewer) })),
  };
}

/** Which commit was read, by whom, and whether that is still the head. */
function subtitle({ head, runs }: Review, t: Translate): string {
  const newest = runs.at(-1);
  if (!newest) return "";
  const by = visible([...new Set(runs.map(({ reviewer }) => reviewer))].join(", "));
  const [reviewed, now] = [newest.headOid, head.oid].map((oid) => oid.slice(0, 8));
  const said =
    reviewed === now
      ? t("Reviewed by {0} at {1}", by, reviewed ?? "")
      : t("Reviewed by {0} at {1}; the branch is at {2} now", by, reviewed ?? "", now ?? "");
  const { invented = 0 } = newest;
  return invented === 0
    ? said
    : `${said}. ${t("{0} left out: the code that they speak of is not there.", invented)}`;
}

function presentFinding(finding: JudgedFinding, { files, refutations }: Review): PanelFinding {
  const { anchor, decision, suggestion } = finding;
  const file = anchor && files.get(anchor.path);
  const code = anchor && file ? codeAround(file, anchor) : null;
  return {
    id: finding.id,
    title: visible(finding.title),
    body: visibleText(finding.body),
    path: visible(shownPath(finding)),
    line: anchor?.startLine ?? null,
    severity: finding.severity,
    category: finding.category,
    status: finding.status,
    reviewers: finding.reviewers.map(visible),
    failureScenario: visibleText(finding.failureScenario),
    code: code && { ...code, lines: code.lines.map(visibleText) },
    quote: finding.quote === null ? null : visibleText(finding.quote),
    takenAway: finding.side === "LEFT",
    suggestion: suggestion && {
      quote: visibleText(suggestion.quote),
      replacement: visibleText(suggestion.replacement),
    },
    preExisting: finding.preExisting,
    confidence: finding.confidence,
    raised: finding.raised,
    refutations: (refutations.get(finding.id) ?? []).map(({ by, state, argument }) => ({
      by: visible(by),
      state,
      argument: visibleText(argument),
    })),
    sent: finding.sentAt !== null,
    decision: decision && {
      by: visible(decision.by),
      reason: decision.reason === null ? null : visible(decision.reason),
      inherited: finding.inheritedFrom !== null,
    },
  };
}

/** Line breaks and tabs stay what they are. */
function visibleText(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/[^\n\t]+/g, visible);
}
