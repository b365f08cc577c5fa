import assert from "node:assert/strict";
import { worktreeReasons } from "../../../src/fleet/needsYou";
import { inOrder } from "../../../src/ui/tree/order";
import { worktree } from "./kit";

const limit = { commits: 20 };
const landed = { state: "landed", how: "squash", as: [] } as const;
const open = { state: "open", own: 1 } as const;

describe("ui/tree/order", () => {
  it("puts the main worktree first, then what needs a person, then work, then what is merged", () => {
    const all = [
      worktree({ path: "/a", name: "a", landed }),
      worktree({ path: "/w10", name: "w10" }),
      worktree({ path: "/w9", name: "w9" }),
      worktree({ path: "/z", name: "z", remoteAhead: 1 }),
      worktree({ path: "/main", name: "main", isMain: true }),
      worktree({ path: "/bare", name: "bare", bare: true }),
    ];
    assert.deepEqual(
      inOrder(all, limit).map(({ name }) => name),
      ["main", "z", "w9", "w10", "a"],
    );
  });
});

describe("what needs a person", () => {
  it("asks for a person only where one must decide", () => {
    const cases = [
      [worktree(), []],
      [worktree({ dirt: { staged: 1, changed: 1, untracked: 1, conflicted: 0 } }), []],
      [worktree({ dirt: { staged: 0, changed: 0, untracked: 0, conflicted: 1 } }), ["conflict"]],
      [worktree({ missing: true, dirt: null }), ["missing"]],
      [worktree({ missing: true, dirt: null, lockedBecause: "on a stick" }), []],
      [worktree({ remoteAhead: 1 }), ["remote-ahead"]],
      [worktree({ remoteAhead: 1, landed }), []],
      [worktree({ remoteAhead: 1, isMain: true, ahead: 0 }), []],
      [worktree({ remoteAhead: 1, isMain: true, ahead: 1 }), ["remote-ahead"]],
      [worktree({ behind: 20, landed: open, ahead: 1 }), ["stale-base"]],
      [worktree({ behind: 19, landed: open, ahead: 1 }), []],
      [worktree({ behind: 500 }), []],
      [worktree({ behind: 500, landed }), []],
      [worktree({ behind: null, ahead: null, landed: null, dirt: null }), []],
      [worktree({ behind: 500, landed: open, ahead: 1, isMain: true }), []],
    ] as const;
    for (const [facts, expected] of cases) {
      assert.deepEqual(worktreeReasons(facts, limit), expected, JSON.stringify(facts));
    }
    assert.deepEqual(worktreeReasons(worktree({ behind: 500, landed: open }), { commits: 0 }), []);
  });
});
