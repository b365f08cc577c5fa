import { type Outcome, refused } from "../model/outcome";
import type { PullRequest } from "../model/pull";
import { change } from "./change";
import type { GitHub } from "./client";

/** Why the base must not be merged into the branch from afar; null: it is safe. */
export function updateObstacle(pull: PullRequest): Outcome<never> | null {
  const name = `Pull request #${pull.number}`;
  if (pull.state !== "open")
    return refused("pull-closed", `${name} is ${pull.state} already.`, "Refresh the view.");
  if (pull.mergeable === "yes") return null;
  const why = pull.mergeable === "conflict" ? "has conflicts with" : "is not known to merge with";
  return refused(
    "pull-conflict",
    `${name} ${why} ${pull.base.branch}.`,
    "Nothing was changed. Merge it in the worktree, where conflicts can be solved.",
  );
}

/** Has GitHub merge the base into the branch, by a merge and never by a rebase: commits that others have stay. */
export async function updateBranch(
  client: GitHub,
  host: string,
  pull: PullRequest,
): Promise<Outcome<unknown>> {
  const mutation = `mutation update($input: UpdatePullRequestBranchInput!) {
    updatePullRequestBranch(input: $input) { pullRequest { id } }
  }`;
  const input = { pullRequestId: pull.id, expectedHeadOid: pull.head, updateMethod: "MERGE" };
  return change(client, host, mutation, input);
}
