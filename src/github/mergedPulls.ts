import * as v from "valibot";
import type { MergedPull, Slug } from "../model/pull";
import type { GitHub } from "./client";

const Oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));
const Pull = v.object({
  number: v.pipe(v.number(), v.integer()),
  merged_at: v.nullable(v.string()),
  merge_commit_sha: v.nullable(Oid),
  head: v.object({ sha: Oid }),
});

/**
 * The merged pull requests that came from branches of these names. A name only finds them; whether one of them is
 * about this very work is decided by its head commit. Throws Octokit's RequestError when GitHub cannot be asked.
 */
export async function mergedPulls(
  client: GitHub,
  slug: Slug,
  branches: readonly string[],
  signal?: AbortSignal,
): Promise<MergedPull[]> {
  const answers = await Promise.all(
    branches.map((branch) =>
      client.rest.pulls.list({
        owner: slug.owner,
        repo: slug.name,
        state: "closed",
        head: `${slug.owner}:${branch}`,
        per_page: 30,
        ...(signal ? { request: { signal } } : {}),
      }),
    ),
  );
  return answers
    .flatMap(({ data }) => v.parse(v.array(Pull), data))
    .filter((pull) => pull.merged_at !== null)
    .flatMap(({ number, head, merge_commit_sha }) =>
      merge_commit_sha ? [{ number, head: head.sha, mergeCommit: merge_commit_sha }] : [],
    );
}
