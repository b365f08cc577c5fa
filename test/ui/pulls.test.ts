import assert from "node:assert/strict";
import type { PullFact, PullRequest } from "../../src/model/pull";
import { presentPull } from "../../src/ui/pulls/presentPull";
import { pullCapabilities, pullIcon, pullInShort, pullInWords } from "../../src/ui/pulls/words";
import { english } from "../../src/ui/translate";

const now = Date.parse("2026-11-22T12:00:00Z");

function pull(more: Partial<PullRequest> = {}): PullRequest {
  return {
    id: "PR_12",
    number: 12,
    title: "feat: CSV",
    url: "https://github.example/ann/tracker/pull/12",
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

function fact(more: Partial<PullFact> = {}): PullFact {
  return { pull: pull(), asOf: null, outlived: false, ...more };
}

const failed = { state: "failed", total: 3, failed: ["lint", "test"], runs: [41] } as const;

describe("ui/pulls", () => {
  it("says of a worktree's pull request what matters most, and of none nothing", () => {
    const short = (each: PullFact | null) => pullInShort(each, now, english);
    assert.deepEqual(
      [
        short(null),
        short(fact({ pull: null })),
        short(fact()),
        short(fact({ pull: pull({ checks: failed, review: "approved" }) })),
        short(fact({ pull: pull({ checks: { ...failed, failed: ["a", "b", "c"] } }) })),
        short(fact({ pull: pull({ draft: true, checks: failed }) })),
        short(fact({ pull: pull({ mergeable: "conflict" }) })),
        short(fact({ pull: pull({ state: "merged" }) })),
        short(fact({ pull: pull({ state: "merged" }), outlived: true })),
        short(fact({ asOf: "2026-11-22T09:00:00Z" })),
        short(fact({ asOf: "2026-11-22T11:59:50Z" })),
      ],
      [
        null,
        null,
        "#12",
        "#12 failed: lint, test",
        "#12 checks failed",
        "#12 draft",
        "#12 in conflict with main",
        "#12 merged",
        "#12 merged before the last commits",
        "#12, as it was 3 h ago",
        "#12, as it was just now",
      ],
    );
    const whole = fact({
      pull: pull({ checks: { ...failed, state: "passed" }, review: "approved", autoMerge: "squash" }),
    });
    assert.equal(
      pullInWords(whole, now, english),
      "#12 feat: CSV · checks passed · approved · merges by itself",
    );
    assert.equal(pullInWords(fact({ pull: null }), now, english), "none");
  });

  it("shows by icon and menu what is so and what can be done", () => {
    const cases: [PullRequest, string, string][] = [
      [pull(), "git-pull-request", "pull armable"],
      [pull({ autoMerge: "squash" }), "git-pull-request", "pull armed"],
      [pull({ draft: true }), "git-pull-request-draft", "pull draft"],
      [pull({ checks: failed }), "error", "pull armable rerunnable"],
      [pull({ mergeState: "behind" }), "git-pull-request", "pull armable behind"],
      [pull({ state: "merged", checks: failed }), "git-merge", "pull"],
    ];
    for (const [each, icon, can] of cases)
      assert.deepEqual([pullIcon(each).id, pullCapabilities(each).join(" ")], [icon, can]);
  });

  it("shows a pull request without a worktree as one row, with nothing of it taken for more than text", () => {
    const row = presentPull(
      {
        pull: pull({ title: "**x** [y](command:z)", author: "bob", checks: failed }),
        check: null,
        overlaps: null,
        asOf: null,
      },
      { t: english, now },
    );
    assert.deepEqual(
      [row.label, row.description, row.context],
      ["#12 **x** [y](command:z)", "failed: lint, test · bob", ";alone;pull;armable;rerunnable;"],
    );
    assert.ok(!row.tooltip.includes("(command:"));
    assert.match(row.tooltip, /not known\\: its commits are not here/);
  });
});
