import { branchOf } from "../git/branch";
import type { Repo } from "../git/repo";
import type { CheckDocument } from "../model/check";
import type { DoneDocument, PullText } from "../model/done";
import { done, type Outcome, refused } from "../model/outcome";
import { readReview } from "../review/review";
import { recordedSelfCheck } from "../review/selfCheck";
import { examineCached } from "./cached";
import { doneDocument } from "./document";
import type { Tickets } from "./tickets";

/** What is known from outside the repo. */
export interface Outside {
  readonly pull: PullText | null;
  /** Absent: GitHub is not asked. */
  readonly askTickets?: ((numbers: readonly number[]) => Promise<Outcome<Tickets>>) | undefined;
}

/** Is what was checked done too? Refused as `no-merge-base` or `bad-config`, and where GitHub gives no answer. */
export async function judgeDone(
  repo: Repo,
  check: CheckDocument,
  { pull, askTickets }: Outside,
  signal?: AbortSignal,
): Promise<Outcome<DoneDocument>> {
  const { base, head, mergeBase } = check;
  if (mergeBase === null)
    return refused(
      "no-merge-base",
      `${base.ref} and ${head.ref} have no common history.`,
      "Check the names.",
    );
  const branch = await branchOf(repo, head.ref);
  const looked = await examineCached(
    repo,
    { base: base.oid, head: head.oid, mergeBase, branch },
    pull,
    signal,
  );
  if (!looked.ok) return looked;
  const review = await readReview(repo, head.ref);
  if (!review.ok) return review;
  const { closed } = looked.value.examined.words;
  const tickets = askTickets ? await askTickets(closed) : done(null);
  if (!tickets.ok) return tickets;
  const selfCheck = await recordedSelfCheck(repo, head.oid);
  const { runs, findings } = review.value;
  return done(
    doneDocument({
      looked: looked.value,
      check,
      reviewed: { head: head.oid, runs, findings },
      selfCheck,
      tickets: tickets.value,
      pull,
    }),
  );
}
