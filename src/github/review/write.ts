import * as v from "valibot";
import { done, type Outcome } from "../../model/outcome";
import type { Oid } from "../../model/worktree";
import { change } from "../change";
import type { GitHub } from "../client";
import { badAnswer } from "../fault";

/** A remark to be made at lines of the pull request's head. */
export interface NewRemark {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly body: string;
}

export interface NewReview {
  readonly pullId: string;
  /** The commit that the lines are counted in. */
  readonly head: Oid;
  readonly body: string;
  readonly remarks: readonly NewRemark[];
}

const madeSchema = v.object({
  addPullRequestReview: v.object({
    pullRequestReview: v.object({ url: v.pipe(v.string(), v.url(), v.regex(/^https?:/)) }),
  }),
});

/** Makes a review with all its remarks at once, or nothing. It neither approves nor blocks. Answers its address. */
export async function addReview(client: GitHub, host: string, review: NewReview): Promise<Outcome<string>> {
  const mutation = `mutation review($input: AddPullRequestReviewInput!) {
    addPullRequestReview(input: $input) { pullRequestReview { url } }
  }`;
  const made = await change(client, host, mutation, {
    pullRequestId: review.pullId,
    commitOID: review.head,
    event: "COMMENT",
    body: review.body,
    threads: review.remarks.map(({ path, startLine, endLine, body }) => ({
      path,
      line: endLine,
      side: "RIGHT",
      ...(startLine < endLine ? { startLine, startSide: "RIGHT" } : {}),
      body,
    })),
  });
  if (!made.ok) return made;
  const read = v.safeParse(madeSchema, made.value);
  return read.success
    ? done(read.output.addPullRequestReview.pullRequestReview.url)
    : { ok: false, refusal: badAnswer(host).refusal };
}

export async function rewriteReview(
  client: GitHub,
  host: string,
  id: string,
  body: string,
): Promise<Outcome<unknown>> {
  const mutation = `mutation rewrite($input: UpdatePullRequestReviewInput!) {
    updatePullRequestReview(input: $input) { pullRequestReview { id } }
  }`;
  return change(client, host, mutation, { pullRequestReviewId: id, body });
}

export async function rewriteRemark(
  client: GitHub,
  host: string,
  id: string,
  body: string,
): Promise<Outcome<unknown>> {
  const mutation = `mutation rewrite($input: UpdatePullRequestReviewCommentInput!) {
    updatePullRequestReviewComment(input: $input) { pullRequestReviewComment { id } }
  }`;
  return change(client, host, mutation, { pullRequestReviewCommentId: id, body });
}

export async function resolveThread(
  client: GitHub,
  host: string,
  threadId: string,
  resolved: boolean,
): Promise<Outcome<unknown>> {
  const verb = resolved ? "resolveReviewThread" : "unresolveReviewThread";
  const kind = resolved ? "ResolveReviewThreadInput" : "UnresolveReviewThreadInput";
  const mutation = `mutation resolve($input: ${kind}!) { ${verb}(input: $input) { thread { id } } }`;
  return change(client, host, mutation, { threadId });
}
