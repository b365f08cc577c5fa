import * as v from "valibot";
import type { MergeMethod, PullChecks, PullRequest } from "../model/pull";

const oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));
const time = v.pipe(v.string(), v.isoTimestamp());
const words = v.pipe(v.string(), v.maxLength(5_000));
const link = v.pipe(v.string(), v.url(), v.regex(/^https?:/));
const method = v.picklist(["MERGE", "REBASE", "SQUASH"]);

const briefFields = {
  id: v.pipe(v.string(), v.maxLength(500)),
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  title: words,
  url: link,
  state: v.picklist(["OPEN", "CLOSED", "MERGED"]),
  isDraft: v.boolean(),
  updatedAt: time,
  author: v.nullable(v.object({ login: words })),
  headRefName: words,
  headRefOid: oid,
  headRepository: v.nullable(v.object({ nameWithOwner: words })),
  baseRefName: words,
  baseRefOid: oid,
  mergeCommit: v.nullable(v.object({ oid })),
};

// A word that a later GitHub adds is one that is not known here; it must not make the whole answer unreadable.
const word = v.pipe(v.string(), v.maxLength(100));

const context = v.variant("__typename", [
  v.object({
    __typename: v.literal("CheckRun"),
    name: words,
    status: word,
    conclusion: v.nullable(word),
    checkSuite: v.nullable(
      v.object({ workflowRun: v.nullable(v.object({ databaseId: v.nullable(v.number()) })) }),
    ),
  }),
  v.object({ __typename: v.literal("StatusContext"), context: words, state: word }),
]);

const rollup = v.object({
  state: word,
  contexts: v.object({
    totalCount: v.pipe(v.number(), v.integer(), v.minValue(0)),
    nodes: v.nullable(v.array(v.nullable(context))),
  }),
});

const brief = v.object(briefFields);
const whole = v.object({
  ...briefFields,
  body: v.pipe(
    v.string(),
    v.transform((text) => text.slice(0, 20_000)),
  ),
  reviewDecision: v.nullable(word),
  mergeable: word,
  mergeStateStatus: word,
  autoMergeRequest: v.nullable(v.object({ mergeMethod: method })),
  commits: v.object({
    nodes: v.nullable(
      v.array(v.nullable(v.object({ commit: v.object({ statusCheckRollup: v.nullable(rollup) }) }))),
    ),
  }),
});

/** A pull request of which less was asked. */
export const briefSchema = v.pipe(brief, v.transform(toBrief));

/** A pull request with all that is asked of an open one. */
export const pullSchema = v.pipe(
  whole,
  v.transform((from): PullRequest => {
    const last = from.commits.nodes?.at(-1)?.commit.statusCheckRollup ?? null;
    return {
      ...toBrief(from),
      body: from.body,
      checks: last ? toChecks(last) : { ...unasked, state: "none" },
      review: reviews[from.reviewDecision ?? ""] ?? null,
      mergeable: mergeables[from.mergeable] ?? "unknown",
      mergeState: mergeStates[from.mergeStateStatus] ?? "unknown",
      autoMerge: from.autoMergeRequest && methods[from.autoMergeRequest.mergeMethod],
    };
  }),
);

const unasked: PullChecks = { state: "unknown", total: 0, failed: [], runs: [] };

function toBrief(from: v.InferOutput<typeof brief>): PullRequest {
  return {
    id: from.id,
    number: from.number,
    title: from.title,
    body: "",
    url: from.url,
    author: from.author?.login ?? null,
    state: from.state === "OPEN" ? "open" : from.state === "MERGED" ? "merged" : "closed",
    draft: from.isDraft,
    branch: from.headRefName,
    from: from.headRepository?.nameWithOwner ?? null,
    head: from.headRefOid,
    base: { branch: from.baseRefName, oid: from.baseRefOid },
    checks: unasked,
    review: null,
    mergeable: "unknown",
    mergeState: "unknown",
    autoMerge: null,
    mergeCommit: from.mergeCommit?.oid ?? null,
    updatedAt: from.updatedAt,
  };
}

const good = new Set(["SUCCESS", "NEUTRAL", "SKIPPED"]);

function toChecks({ state, contexts }: v.InferOutput<typeof rollup>): PullChecks {
  const failed: string[] = [];
  const runs = new Set<number>();
  for (const each of contexts.nodes ?? []) {
    if (each?.__typename === "StatusContext" && ["FAILURE", "ERROR"].includes(each.state))
      failed.push(each.context);
    if (each?.__typename !== "CheckRun" || each.conclusion === null || good.has(each.conclusion)) continue;
    failed.push(each.name);
    const run = each.checkSuite?.workflowRun?.databaseId;
    if (run) runs.add(run);
  }
  const states: Readonly<Record<string, PullChecks["state"]>> = {
    SUCCESS: "passed",
    FAILURE: "failed",
    ERROR: "failed",
  };
  return { state: states[state] ?? "pending", total: contexts.totalCount, failed, runs: [...runs] };
}

const methods: Readonly<Record<"MERGE" | "REBASE" | "SQUASH", MergeMethod>> = {
  MERGE: "merge",
  REBASE: "rebase",
  SQUASH: "squash",
};
const reviews: Readonly<Record<string, PullRequest["review"]>> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes-requested",
  REVIEW_REQUIRED: "required",
};
const mergeables: Readonly<Record<string, PullRequest["mergeable"]>> = {
  MERGEABLE: "yes",
  CONFLICTING: "conflict",
};
const mergeStates: Readonly<Record<string, PullRequest["mergeState"]>> = {
  BEHIND: "behind",
  BLOCKED: "blocked",
  CLEAN: "clean",
  DIRTY: "dirty",
  DRAFT: "draft",
  HAS_HOOKS: "hooks",
  UNSTABLE: "unstable",
};
