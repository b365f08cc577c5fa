import assert from "node:assert/strict";
import { baseInWords, propose, taskOf } from "../../../src/ui/newWorktree/proposal";
import { english } from "../../../src/ui/translate";
import { now, worktree } from "../tree/kit";

const repo = { dir: "/w/shop", commonDir: "/w/shop/.git", top: "/w/shop", bare: false };
const worktrees = [worktree({ path: "/w/shop.worktrees/csv", name: "csv", branch: "agent/csv" })];
const wishes = { branchPrefix: "agent/", container: "" };

describe("ui/newWorktree/proposal", () => {
  it("says what a name or a task becomes, before it is made", () => {
    assert.deepEqual(propose(repo, worktrees, "Export orders", wishes, english), {
      ok: true,
      branch: "agent/export-orders",
      path: "/w/shop.worktrees/export-orders",
      words: "Branch agent/export-orders, folder shop.worktrees/export-orders",
    });
    const elsewhere = { branchPrefix: "ann/", container: "../desks" };
    assert.deepEqual(propose(repo, worktrees, "Export orders", elsewhere, english), {
      ok: true,
      branch: "ann/export-orders",
      path: "/w/desks/export-orders",
      words: "Branch ann/export-orders, folder desks/export-orders",
    });
  });

  it("refuses a name that is taken or says nothing", () => {
    const taken = { ok: false, words: "agent/csv is taken by the worktree csv. Choose another name." };
    assert.deepEqual(propose(repo, worktrees, "CSV", wishes, english), taken);
    const elsewhere = [worktree({ path: "/elsewhere/csv", name: "csv", branch: "agent/csv" })];
    assert.deepEqual(propose(repo, elsewhere, "CSV", wishes, english), taken);
    const switched = [worktree({ path: "/w/shop.worktrees/csv", name: "csv", branch: "other" })];
    assert.deepEqual(propose(repo, switched, "CSV", wishes, english), taken);
    assert.equal(propose(repo, worktrees, "???", wishes, english).ok, false);
  });

  it("says what the work will start from, and how old that is", () => {
    const words = (ref: string | null, chosen = "") => {
      const target = ref === null ? null : { ref, oid: "a".repeat(40), fetchedAt: "2026-11-22T10:00:00Z" };
      return baseInWords({ target }, chosen, now, english);
    };
    assert.equal(
      words("refs/remotes/origin/main"),
      "It starts from origin/main, which is fetched first (known here: fetched 2 h ago).",
    );
    assert.equal(words("refs/heads/main"), "It starts from main.");
    assert.equal(words(null), "It starts from the remote's default branch, which is fetched first.");
    assert.equal(
      words("refs/heads/main", "origin/next"),
      "It starts from origin/next, fetched first where it is a remote's.",
    );
  });

  it("keeps a sentence as the task, and a name as no more than a name", () => {
    assert.equal(taskOf(" Export orders as CSV "), "Export orders as CSV");
    assert.equal(taskOf("csv-export"), null);
  });
});
