import type { PullRequest } from "../../src/model/pull";

/** An open pull request with nothing special about it but what is given. */
export function pullRequest(more: Partial<PullRequest> = {}): PullRequest {
  const number = more.number ?? 12;
  return {
    id: `PR_${number}`,
    number,
    title: "feat: CSV",
    body: "",
    url: `https://github.example/ann/tracker/pull/${number}`,
    author: "ann",
    state: "open",
    draft: false,
    branch: "csv",
    from: "ann/tracker",
    head: "1".repeat(40),
    base: { branch: "main", oid: "2".repeat(40) },
    checks: { state: "none", total: 0, failed: [], runs: [] },
    review: null,
    mergeable: "yes",
    mergeState: "clean",
    autoMerge: null,
    mergeCommit: null,
    updatedAt: "2026-11-22T11:00:00Z",
    ...more,
  };
}
