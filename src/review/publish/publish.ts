import path from "node:path";
import type { Repo } from "../../git/repo";
import type { GitHub } from "../../github/client";
import { askReview } from "../../github/review/ask";
import { askDiffRanges, type Ranges } from "../../github/review/diffRanges";
import { postStatus } from "../../github/review/postStatus";
import { addReview, resolveThread, rewriteRemark, rewriteReview } from "../../github/review/write";
import { done, type Outcome, refused } from "../../model/outcome";
import type { Slug } from "../../model/pull";
import type { CommitStatus, PullReview } from "../../model/pullReview";
import { withLock } from "../../store/lock";
import { headStatus } from "../headStatus";
import { type Review, readReview } from "../review";
import { reviewDir } from "../store";
import { type PublishPlan, planPublishing } from "./plan";

export interface PublishRequest {
  readonly client: GitHub;
  readonly slug: Slug;
  /** The pull request. */
  readonly number: number;
  /** The branch that it is made of, as it is called here. */
  readonly ref: string;
}

/** What the pull request says now, and whether it did before. */
export interface Published {
  readonly pull: number;
  readonly url: string;
  readonly review: "added" | "updated" | "unchanged" | "none";
  /** Accepted findings with a remark at their line, and those in the summary alone. */
  readonly remarks: number;
  readonly inSummary: number;
  readonly status: CommitStatus & { readonly changed: boolean };
}

/**
 * Says on a pull request what was decided: one review, and a status on the very commit that was judged. Doing it again
 * brings both up to date and says nothing twice. Refused as GitHub refuses, and as `pull-closed`, `pull-moved` or
 * `unknown-ref`.
 */
export function publishReview(repo: Repo, request: PublishRequest): Promise<Outcome<Published>> {
  return oneAtATime(repo, () => publish(repo, request));
}

/**
 * Brings the status up to date with what was decided since it was published from this sign-in, and nothing else: branch
 * protection goes by it. Null: nothing was published for this very commit, or the status says so already. Refused as GitHub
 * refuses, and as `unknown-ref`.
 */
export function followStatus(repo: Repo, request: PublishRequest): Promise<Outcome<CommitStatus | null>> {
  return oneAtATime(repo, async () => {
    const read = await readBoth(repo, request);
    if (!read.ok) return read;
    const { pull, review } = read.value;
    if (pull.status === null || obstacleTo(pull, review)) return done(null);
    const posted = await post(request, pull, review);
    return posted.ok ? done(posted.value.changed ? posted.value : null) : posted;
  });
}

/** A lock of its own: the network is slow, and nobody who makes a worktree should wait for it. */
function oneAtATime<T>(repo: Repo, action: () => Promise<T>): Promise<T> {
  return withLock(path.join(reviewDir(repo.commonDir), ".publishing"), "publishing a review", action);
}

interface Both {
  readonly pull: PullReview;
  readonly review: Review;
}

async function readBoth(repo: Repo, { client, slug, number, ref }: PublishRequest): Promise<Outcome<Both>> {
  const [asked, read] = await Promise.all([askReview(client, slug, number), readReview(repo, ref)]);
  if (!asked.ok) return asked;
  return read.ok ? done({ pull: asked.value, review: read.value }) : read;
}

async function publish(repo: Repo, request: PublishRequest): Promise<Outcome<Published>> {
  const read = await readBoth(repo, request);
  if (!read.ok) return read;
  const { pull, review } = read.value;
  const obstacle = obstacleTo(pull, review);
  if (obstacle) return obstacle;
  const said = review.runs.length > 0 ? await say(request.client, request.slug, pull, review) : done(null);
  if (!said.ok) return said;
  const plan = said.value;
  const status = await post(request, pull, review);
  if (!status.ok) return status;
  return done({
    pull: pull.number,
    url: pull.url,
    review: plan?.there ? whatWasDone(plan) : "none",
    remarks: plan?.remarks ?? 0,
    inSummary: plan?.inSummary ?? 0,
    status: status.value,
  });
}

async function post(
  { client, slug }: PublishRequest,
  pull: PullReview,
  review: Review,
): Promise<Outcome<Published["status"]>> {
  const status = headStatus(review);
  const changed = pull.status?.state !== status.state || pull.status.description !== status.description;
  const posted = changed ? await postStatus(client, slug, pull.head, status, pull.url) : done(null);
  return posted.ok ? done({ ...status, changed }) : posted;
}

function obstacleTo({ number, open, head }: PullReview, review: Review): Outcome<never> | null {
  if (!open)
    return refused("pull-closed", `Pull request #${number} is not open any more.`, "Nothing was published.");
  if (head === review.head.oid) return null;
  const here = review.head.branch ?? review.head.ref;
  return refused(
    "pull-moved",
    `Pull request #${number} is at ${head.slice(0, 8)}, and ${here} is at ${review.head.oid.slice(0, 8)} here.`,
    "Nothing was published. Push, or bring in what the remote has, so that both are the same commit.",
  );
}

/** In an order in which a part that failed is made up for by the next time. */
async function say(
  client: GitHub,
  slug: Slug,
  pull: PullReview,
  review: Review,
): Promise<Outcome<PublishPlan>> {
  const wanted = review.findings.some(({ status, anchor }) => status === "accepted" && anchor !== null);
  const diff = wanted ? await askDiffRanges(client, slug, pull.number) : done(new Map<string, Ranges>());
  if (!diff.ok) return diff;
  const plan = planPublishing(review, pull, diff.value);
  const { host } = slug;
  const steps: (() => Promise<Outcome<unknown>>)[] = [
    ...(plan.add
      ? [addReview.bind(null, client, host, { pullId: pull.pullId, head: pull.head, ...plan.add })]
      : []),
    ...plan.rewrite.map(({ id, body }) => rewriteRemark.bind(null, client, host, id, body)),
    ...plan.resolve.map(({ threadId, resolved }) =>
      resolveThread.bind(null, client, host, threadId, resolved),
    ),
    ...(plan.summary ? [rewriteReview.bind(null, client, host, plan.summary.id, plan.summary.body)] : []),
  ];
  for (const step of steps) {
    const outcome = await step();
    if (!outcome.ok) return outcome;
  }
  return done(plan);
}

function whatWasDone({ add, summary, rewrite, resolve }: PublishPlan): Published["review"] {
  if (add && !summary && rewrite.length + resolve.length === 0) return "added";
  return add || summary || rewrite.length + resolve.length > 0 ? "updated" : "unchanged";
}
