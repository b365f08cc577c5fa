import * as v from "valibot";
import { done, type Outcome, refused } from "../../model/outcome";
import type { Slug } from "../../model/pull";
import type { PullRemark, PullReview, PullThread } from "../../model/pullReview";
import { ask, type GraphAnswer } from "../ask";
import type { GitHub } from "../client";
import { badAnswer, faultOf, faultOfMissing } from "../fault";
import { type Page, pageSchema } from "./answer";
import { reviewQuery } from "./query";

// A thousand threads: nobody reads more, and one question brings a hundred.
const mostPages = 10;

/**
 * Reads all that was said on a pull request; one question where it fits into one. Half of it would make us say things
 * twice, so it is all or nothing. Refused as GitHub refuses, or as `too-much-talk`.
 */
export async function askReview(client: GitHub, slug: Slug, number: number): Promise<Outcome<PullReview>> {
  const reviews: PullRemark[] = [];
  const threads: PullThread[] = [];
  let after: { readonly reviews: string | null; readonly threads: string | null } = {
    reviews: null,
    threads: null,
  };
  for (let page = 1; page <= mostPages; page++) {
    const asked = await askPage(client, slug, { number, ...after });
    if (!asked.ok) return asked;
    const { pull, viewer } = asked.value;
    reviews.push(...pull.reviews.nodes.filter((each) => each !== null));
    threads.push(...pull.reviewThreads.nodes.filter((each) => each !== null));
    if (!pull.reviews.pageInfo.hasNextPage && !pull.reviewThreads.pageInfo.hasNextPage)
      return done(toReview(pull, viewer, reviews, threads));
    // The end of a list answers an empty page again, so the other one can go on.
    after = {
      reviews: pull.reviews.pageInfo.endCursor ?? after.reviews,
      threads: pull.reviewThreads.pageInfo.endCursor ?? after.threads,
    };
  }
  return refused(
    "too-much-talk",
    `More is said on pull request #${number} than can be read.`,
    "Nothing was changed.",
  );
}

type Pull = NonNullable<NonNullable<Page["repository"]>["pullRequest"]>;

async function askPage(
  client: GitHub,
  { host, owner, name }: Slug,
  variables: Readonly<Record<string, unknown>>,
): Promise<Outcome<{ pull: Pull; viewer: string }>> {
  let answer: GraphAnswer;
  try {
    answer = await ask(client, reviewQuery, { owner, name, ...variables });
  } catch (error) {
    return { ok: false, refusal: faultOf(error, host, true).refusal };
  }
  if (answer.errors.length > 0)
    return { ok: false, refusal: faultOfMissing(answer.errors, host, true).refusal };
  const read = v.safeParse(pageSchema, answer.data);
  if (!read.success) return { ok: false, refusal: badAnswer(host).refusal };
  const pull = read.output.repository?.pullRequest;
  if (!pull) return { ok: false, refusal: faultOfMissing([], host, true).refusal };
  return done({ pull, viewer: read.output.viewer.login });
}

function toReview(
  pull: Pull,
  viewer: string,
  reviews: readonly PullRemark[],
  threads: readonly PullThread[],
): PullReview {
  const commit = pull.commits.nodes.at(-1)?.commit;
  const status = commit?.oid === pull.headRefOid ? commit.status?.context : null;
  const ours = status && plain(status.creator?.login) === plain(viewer);
  return {
    pullId: pull.id,
    number: pull.number,
    url: pull.url,
    open: pull.state === "OPEN",
    head: pull.headRefOid,
    reviews,
    threads,
    status: ours ? { state: status.state.toLowerCase(), description: status.description ?? "" } : null,
  };
}

/** GitHub calls an app now `name[bot]`, now `name`. */
function plain(login: string | undefined): string | undefined {
  return login?.replace(/\[bot\]$/, "").toLowerCase();
}
