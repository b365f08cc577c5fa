import type { Ranges } from "../../github/review/diffRanges";
import type { NewRemark } from "../../github/review/write";
import type { PullReview } from "../../model/pullReview";
import type { FindingId, JudgedFinding } from "../../model/verdict";
import type { Review } from "../review";
import { type FoundMark, findMark } from "./marker";
import { findingRemark, moreText, summaryText, takenBackRemark } from "./texts";

/** What is to be done so that the pull request says what was decided; all empty: it says so already. */
export interface PublishPlan {
  /** Whether there is a review of ours, now or after this. */
  readonly there: boolean;
  /** A review to be made, with its remarks. */
  readonly add: { readonly body: string; readonly remarks: readonly NewRemark[] } | null;
  /** The summary, where it is there and says something else. */
  readonly summary: { readonly id: string; readonly body: string } | null;
  readonly rewrite: readonly { readonly id: string; readonly body: string }[];
  readonly resolve: readonly { readonly threadId: string; readonly resolved: boolean }[];
  /** How many accepted findings have a remark at their line, made before or now, and how many are in the summary alone. */
  readonly remarks: number;
  readonly inSummary: number;
}

/**
 * Compares what was decided with what this sign-in has said before. What a person has changed on GitHub since is left as
 * it is.
 */
export function planPublishing(
  review: Review,
  pull: PullReview,
  diff: ReadonlyMap<string, Ranges>,
): PublishPlan {
  const made = ownRemarks(pull);
  const rewrite: { id: string; body: string }[] = [];
  const resolve: { threadId: string; resolved: boolean }[] = [];
  const fresh: NewRemark[] = [];
  const remarked = new Set<FindingId>();
  for (const finding of review.findings) {
    const before = made.get(finding.id);
    const accepted = finding.status === "accepted";
    if (accepted && !before) {
      const place = placeInDiff(finding, diff);
      if (place) fresh.push({ ...place, body: findingRemark(finding) });
      if (place) remarked.add(finding.id);
      continue;
    }
    if (!before) continue;
    if (accepted) remarked.add(finding.id);
    const body = accepted ? findingRemark(finding) : answerTo(finding);
    if (body === null || !before.mark.untouched) continue;
    if (!same(body, before.body)) rewrite.push({ id: before.id, body });
    // A thread that a person resolved or opened stays so: only what our own word changes is followed.
    const wasAccepted = before.mark.kind === "finding";
    if (finding.status === "overruled" && wasAccepted && !before.resolved)
      resolve.push({ threadId: before.threadId, resolved: true });
    if (accepted && !wasAccepted && before.resolved)
      resolve.push({ threadId: before.threadId, resolved: false });
  }
  const accepted = review.findings.filter(({ status }) => status === "accepted").length;
  return {
    ...texts(review, pull, fresh, remarked),
    rewrite,
    resolve,
    remarks: remarked.size,
    inSummary: accepted - remarked.size,
  };
}

/** One review holds all; once it is there, its text is brought up to date, and only new remarks make another one. */
function texts(
  review: Review,
  pull: PullReview,
  remarks: readonly NewRemark[],
  remarked: ReadonlySet<FindingId>,
): Pick<PublishPlan, "there" | "add" | "summary"> {
  const body = summaryText(review, remarked);
  const before = pull.reviews
    .filter(({ mine }) => mine)
    .map((each) => ({ ...each, mark: findMark(each.body) }))
    .find(({ mark }) => mark?.kind === "summary");
  // While nothing is decided there is nothing to say yet.
  const decided = review.counts.accepted + review.counts.overruled > 0;
  if (!before) return { there: decided, add: decided ? { body, remarks } : null, summary: null };
  return {
    there: true,
    add: remarks.length > 0 ? { body: moreText(before.url), remarks } : null,
    summary: before.mark?.untouched && !same(body, before.body) ? { id: before.id, body } : null,
  };
}

interface OwnRemark {
  readonly id: string;
  readonly body: string;
  readonly mark: FoundMark & { readonly finding: FindingId };
  readonly threadId: string;
  readonly resolved: boolean;
}

/** By finding: our remark about it, the newest where there are several. */
function ownRemarks({ threads }: PullReview): ReadonlyMap<FindingId, OwnRemark> {
  const found = new Map<FindingId, OwnRemark>();
  for (const { id: threadId, resolved, remarks } of threads) {
    const [first] = remarks;
    const mark = first?.mine ? findMark(first.body) : null;
    if (first && mark && "finding" in mark)
      found.set(mark.finding, { id: first.id, body: first.body, mark, threadId, resolved });
  }
  return found;
}

/** Null: the code is gone, and what was said of it stays as it was. */
function answerTo(finding: JudgedFinding): string | null {
  return finding.status === "overruled" || finding.status === "open" ? takenBackRemark(finding) : null;
}

/** GitHub takes remarks only inside of a hunk. Null: the finding has no line there. */
function placeInDiff(
  { anchor }: JudgedFinding,
  diff: ReadonlyMap<string, Ranges>,
): Omit<NewRemark, "body"> | null {
  if (!anchor) return null;
  for (const [from, to] of diff.get(anchor.path) ?? []) {
    const startLine = Math.max(from, anchor.startLine);
    const endLine = Math.min(to, anchor.endLine);
    if (startLine <= endLine) return { path: anchor.path, startLine, endLine };
  }
  return null;
}

/** GitHub gives texts back with line ends of its own. */
function same(one: string, other: string): boolean {
  return one === other.replaceAll("\r\n", "\n").trimEnd();
}
