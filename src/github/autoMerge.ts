import { done, type Outcome, refused } from "../model/outcome";
import type { MergeMethod, PullRequest } from "../model/pull";
import type { Fresh } from "./askPull";
import { change } from "./change";
import type { GitHub } from "./client";

/** What to do so that a pull request gets merged: arm it, or merge at once where GitHub would have nothing to wait for. */
export type MergePlan = { readonly kind: "arm" | "merge"; readonly method: MergeMethod };

/**
 * GitHub does not arm what it could merge already, nor what only lacks checks that are not required.
 * Refused as `pull-closed`, `pull-moved`, `pull-draft`, `pull-conflict`, `auto-merge-off`.
 */
export function planMerge(fresh: Fresh, seen: string): Outcome<MergePlan> {
  const { pull, methods, autoMergeAllowed } = fresh;
  const name = `Pull request #${pull.number}`;
  if (pull.state !== "open")
    return refused("pull-closed", `${name} is ${pull.state} already.`, "Refresh the view.");
  if (pull.head !== seen)
    return refused(
      "pull-moved",
      `${name} has got commits that you have not seen.`,
      "Nothing was changed. Refresh, look at what came, then try again.",
    );
  if (pull.draft)
    return refused("pull-draft", `${name} is a draft.`, "Nothing was changed. Mark it as ready first.");
  if (pull.mergeable === "conflict")
    return refused(
      "pull-conflict",
      `${name} has conflicts with ${pull.base.branch}.`,
      "Nothing was changed. Solve them on its branch first.",
    );
  const [method = "squash"] = methods;
  if (["clean", "hooks", "unstable"].includes(pull.mergeState)) return done({ kind: "merge", method });
  if (!autoMergeAllowed)
    return refused(
      "auto-merge-off",
      "This repo does not allow auto-merge.",
      "Nothing was changed. An admin can switch it on in the repo's settings.",
    );
  return done({ kind: "arm", method });
}

export async function armAutoMerge(
  client: GitHub,
  host: string,
  pull: PullRequest,
  method: MergeMethod,
): Promise<Outcome<unknown>> {
  const mutation = `mutation arm($input: EnablePullRequestAutoMergeInput!) {
    enablePullRequestAutoMerge(input: $input) { pullRequest { id } }
  }`;
  return change(client, host, mutation, mergeInput(pull, method));
}

export async function disarmAutoMerge(
  client: GitHub,
  host: string,
  pull: PullRequest,
): Promise<Outcome<unknown>> {
  const mutation = `mutation disarm($input: DisablePullRequestAutoMergeInput!) {
    disablePullRequestAutoMerge(input: $input) { pullRequest { id } }
  }`;
  return change(client, host, mutation, { pullRequestId: pull.id });
}

/** Merges now. The head that the person saw is named, so that a push in between makes it fail. */
export async function mergePull(
  client: GitHub,
  host: string,
  pull: PullRequest,
  method: MergeMethod,
): Promise<Outcome<unknown>> {
  const mutation = `mutation merge($input: MergePullRequestInput!) {
    mergePullRequest(input: $input) { pullRequest { id } }
  }`;
  return change(client, host, mutation, mergeInput(pull, method));
}

function mergeInput(pull: PullRequest, method: MergeMethod): Readonly<Record<string, unknown>> {
  return { pullRequestId: pull.id, mergeMethod: method.toUpperCase(), expectedHeadOid: pull.head };
}
