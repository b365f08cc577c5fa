import type {
  Anchor,
  FindingId,
  JudgedFinding,
  Sent,
  Status,
  StoredFinding,
  Verdict,
} from "../model/verdict";
import type { Oid } from "../model/worktree";
import { type FileText, findQuote } from "./anchor";
import { meansTheSame } from "./same";

/** All that decides what became of the findings at one head. */
export interface Case {
  readonly head: Oid;
  /** What was raised about this head's branch, oldest first. */
  readonly raised: readonly StoredFinding[];
  /** Everything that was ever raised in the repo, this head's included: what a verdict may be remembered from. */
  readonly known: readonly StoredFinding[];
  /** Oldest first. */
  readonly verdicts: readonly Verdict[];
  /** Oldest first. */
  readonly sent?: readonly Sent[];
  /** What the path that a finding names is called in this head. */
  pathNow(finding: StoredFinding): string;
  /** The head's file; null when it has none. */
  fileAt(path: string): FileText | null;
}

/** The findings of a head, one for each id, in the order in which they were first raised. */
export function judge(about: Case): JudgedFinding[] {
  const decisions = lastVerdicts(about.verdicts);
  const remembered = overruledOnes(about, decisions);
  return [...byId(about.raised).values()].map((raises): JudgedFinding => {
    const [newest, place] = latest(raises, about);
    const own = decisions.get(newest.id) ?? null;
    const from = own === null && place.anchor !== null ? inherits(newest, place.anchor, remembered) : null;
    const decision = own ?? from?.decision ?? null;
    return {
      ...newest,
      status: status(decision, place.code),
      anchor: place.anchor,
      decision: decision?.verdict === "reopen" ? null : decision,
      inheritedFrom: from?.finding.id ?? null,
      sentAt: sentAt(decision, about.sent ?? []),
      raised: raises.length,
      reviewers: [...new Set(raises.map(({ reviewer }) => reviewer))],
    };
  });
}

/** `here`: what it speaks of is in the head as it was; `gone`: changed or taken away since; `unknown`: it never was there. */
type Code = "here" | "gone" | "unknown";

/**
 * Code that is gone settles what it was accepted for, and leaves nothing to decide on else. A quote that was in no file
 * to begin with cannot go, so its finding stays until a person decides.
 */
function status(decision: Verdict | null, code: Code): Status {
  const accepted = decision?.verdict === "accept";
  if (code === "gone") return accepted ? "fixed" : "outdated";
  if (accepted) return "accepted";
  return decision?.verdict === "overrule" ? "overruled" : "open";
}

/** What was accepted anew after it was sent is to be sent anew. */
function sentAt(decision: Verdict | null, sent: readonly Sent[]): string | null {
  if (decision?.verdict !== "accept") return null;
  const last = sent.findLast(({ findingId }) => findingId === decision.findingId);
  return last && last.at >= decision.at ? last.at : null;
}

interface Standing {
  readonly anchor: Anchor | null;
  readonly code: Code;
}

function standing(finding: StoredFinding, about: Case): Standing {
  const path = about.pathNow(finding);
  const file = about.fileAt(path);
  const near = { line: finding.startLine, symbol: finding.symbol };
  const place = file && finding.quote ? findQuote(file, finding.quote, near) : null;
  const anchor = place && { path, ...place };
  if (!finding.quote) return { anchor: null, code: file || !finding.found ? "here" : "gone" };
  // The complaint is that this code went: its return settles it.
  if (finding.side === "LEFT") return { anchor: null, code: anchor && !finding.found ? "gone" : "here" };
  if (anchor) return { anchor, code: "here" };
  return { anchor: null, code: finding.found ? "gone" : "unknown" };
}

/** The newest wording whose quote is still there; where none is, the newest. */
function latest(raises: readonly StoredFinding[], about: Case): readonly [StoredFinding, Standing] {
  const all = raises.map((finding) => [finding, standing(finding, about)] as const).reverse();
  const best = all.find(([, { anchor }]) => anchor !== null) ?? all[0];
  if (!best) throw new Error("A group of findings is never empty.");
  return best;
}

interface Remembered {
  readonly finding: StoredFinding;
  readonly anchor: Anchor;
  readonly decision: Verdict;
}

/** Overruled findings whose code stands unchanged in this head: only those still speak. */
function overruledOnes(about: Case, decisions: ReadonlyMap<FindingId, Verdict>): Remembered[] {
  const raisedPaths = new Set(about.raised.map((finding) => about.pathNow(finding)));
  return [...byId(about.known)].flatMap(([id, raises]): Remembered[] => {
    const decision = decisions.get(id);
    if (decision?.verdict !== "overrule" || !raises.some((each) => raisedPaths.has(about.pathNow(each))))
      return [];
    const [finding, { anchor }] = latest(raises, about);
    return anchor ? [{ finding, anchor, decision }] : [];
  });
}

function inherits(
  finding: StoredFinding,
  anchor: Anchor,
  remembered: readonly Remembered[],
): Remembered | null {
  const same = remembered.filter((each) =>
    meansTheSame({ ...finding, anchor }, { ...each.finding, anchor: each.anchor }),
  );
  return same.at(-1) ?? null;
}

export function lastVerdicts(verdicts: readonly Verdict[]): Map<FindingId, Verdict> {
  return new Map(verdicts.map((verdict) => [verdict.findingId, verdict]));
}

function byId(findings: readonly StoredFinding[]): Map<FindingId, StoredFinding[]> {
  const groups = new Map<FindingId, StoredFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.id);
    if (group) group.push(finding);
    else groups.set(finding.id, [finding]);
  }
  return groups;
}
