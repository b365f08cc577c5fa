import type { Outcome } from "../model/outcome";
import type { PullRequest } from "../model/pull";
import { change } from "./change";
import type { GitHub } from "./client";

/** Makes a draft a pull request that asks for reviews. */
export async function markReady(client: GitHub, host: string, pull: PullRequest): Promise<Outcome<unknown>> {
  const mutation = `mutation ready($input: MarkPullRequestReadyForReviewInput!) {
    markPullRequestReadyForReview(input: $input) { pullRequest { id } }
  }`;
  return change(client, host, mutation, { pullRequestId: pull.id });
}
