import { done, type Outcome } from "../../model/outcome";
import type { Slug } from "../../model/pull";
import type { CommitStatus } from "../../model/pullReview";
import type { Oid } from "../../model/worktree";
import type { GitHub } from "../client";
import { faultOf } from "../fault";
import { statusContext } from "./query";

// GitHub refuses longer ones.
const longestDescription = 140;

/** Says on GitHub how a commit's review stands. */
export async function postStatus(
  client: GitHub,
  slug: Slug,
  head: Oid,
  { state, description }: CommitStatus,
  targetUrl: string | null,
): Promise<Outcome<null>> {
  try {
    await client.rest.repos.createCommitStatus({
      owner: slug.owner,
      repo: slug.name,
      sha: head,
      context: statusContext,
      state,
      description: description.slice(0, longestDescription),
      ...(targetUrl === null ? {} : { target_url: targetUrl }),
      request: { retries: 0 },
    });
    return done(null);
  } catch (error) {
    return { ok: false, refusal: faultOf(error, slug.host, true).refusal };
  }
}
