import assert from "node:assert/strict";
import type { PullFact, PullRequest } from "../../src/model/pull";
import { presentPull } from "../../src/ui/pulls/presentPull";
import { pullCapabilities, pullIcon, pullInShort, pullInWords } from "../../src/ui/pulls/words";
import { english } from "../../src/ui/translate";
import { pullRequest } from "../kit/pull";

const now = Date.parse("2026-11-22T12:00:00Z");

function fact(more: Partial<PullFact> = {}): PullFact {
  return { pull: pullRequest(), asOf: null, outlived: false, ...more };
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
        short(fact({ pull: pullRequest({ checks: failed, review: "approved" }) })),
        short(fact({ pull: pullRequest({ checks: { ...failed, failed: ["a", "b", "c"] } }) })),
        short(fact({ pull: pullRequest({ draft: true, checks: failed }) })),
        short(fact({ pull: pullRequest({ mergeable: "conflict" }) })),
        short(fact({ pull: pullRequest({ state: "merged" }) })),
        short(fact({ pull: pullRequest({ state: "merged" }), outlived: true })),
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
      pull: pullRequest({ checks: { ...failed, state: "passed" }, review: "approved", autoMerge: "squash" }),
    });
    assert.equal(
      pullInWords(whole, now, english),
      "#12 feat: CSV · checks passed · approved · merges by itself",
    );
    assert.equal(pullInWords(fact({ pull: null }), now, english), "none");
  });

  it("shows by icon and menu what is so and what can be done", () => {
    const cases: [PullRequest, string, string][] = [
      [pullRequest(), "git-pull-request", "pull armable"],
      [pullRequest({ autoMerge: "squash" }), "git-pull-request", "pull armed"],
      [pullRequest({ draft: true }), "git-pull-request-draft", "pull draft"],
      [pullRequest({ checks: failed }), "error", "pull armable rerunnable"],
      [pullRequest({ mergeState: "behind" }), "git-pull-request", "pull armable behind"],
      [pullRequest({ state: "merged", checks: failed }), "git-merge", "pull"],
    ];
    for (const [each, icon, can] of cases)
      assert.deepEqual([pullIcon(each).id, pullCapabilities(each).join(" ")], [icon, can]);
  });

  it("shows a pull request without a worktree as one row, with nothing of it taken for more than text", () => {
    const row = presentPull(
      {
        pull: pullRequest({ title: "**x** [y](command:z)", author: "bob", checks: failed }),
        check: null,
        done: null,
        overlaps: null,
        asOf: null,
      },
      { t: english, now, names: new Map() },
    );
    assert.deepEqual(
      [row.label, row.description, row.context],
      ["#12 **x** [y](command:z)", "failed: lint, test · bob", ";alone;pull;armable;rerunnable;"],
    );
    assert.ok(!row.tooltip.includes("(command:"));
    assert.match(row.tooltip, /not known\\: its commits are not here/);
  });
});
