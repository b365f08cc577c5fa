import assert from "node:assert/strict";
import { whosePull } from "../../src/fleet/whosePull";
import type { PullRequest } from "../../src/model/pull";
import { pullRequest } from "../kit/pull";

const oid = (digit: string) => digit.repeat(40);
const branch = { branch: "csv", name: "csv", repo: "ann/tracker", tip: oid("3") };
const line = new Set([oid("3"), oid("2"), oid("1")]);

function pull(number: number, more: Partial<PullRequest> = {}): PullRequest {
  return pullRequest({ number, state: "merged", head: oid("9"), ...more });
}

describe("whose a pull request is", () => {
  it("is the open one from the branch's place, whatever ended there before", () => {
    const open = pull(7, { state: "open" });
    assert.equal(whosePull(branch, line, [open], [open, pull(3, { head: oid("3") })]), open);
    assert.equal(whosePull(branch, null, [], [open]), open);
    assert.equal(whosePull({ ...branch, repo: "Ann/Tracker" }, line, [open], []), open);
    assert.equal(whosePull({ ...branch, name: "CSV" }, line, [open], []), null);
    assert.equal(whosePull(branch, line, [pull(8, { state: "open", from: "bob/tracker" })], []), null);
  });

  it("is one that ended only if it ended at a commit of this very branch", () => {
    const earlier = pull(3);
    const own = pull(4, { head: oid("2") });
    assert.equal(whosePull(branch, line, [], [earlier]), null);
    assert.equal(whosePull(branch, line, [], [earlier, own]), own);
    assert.equal(whosePull(branch, line, [], [pull(5, { head: oid("2"), from: "bob/tracker" })]), null);
    const before = pull(7, { head: oid("1") });
    assert.equal(whosePull(branch, line, [], [before, own]), own);
    assert.equal(whosePull(branch, line, [], [pull(8, { head: oid("2"), state: "closed" }), own]), own);
    const orphan = pull(6, { head: oid("2"), from: null });
    assert.equal(whosePull(branch, line, [], [orphan]), orphan);
  });

  it("is the one that was checked out here, as long as both are at the same commit", () => {
    const desk = { ...branch, branch: "pr-8", name: "pr-8" };
    const at = (digit: string) => pull(8, { state: "open", from: "bob/tracker", head: oid(digit) });
    const same = at("3");
    assert.equal(whosePull(desk, line, [same], []), same);
    assert.equal(whosePull(desk, null, [same], null), same);
    assert.equal(whosePull(desk, line, [at("2")], []), null, "the branch has gone on");
    assert.equal(whosePull(desk, line, [at("4")], []), null, "the pull request has gone on");
    assert.equal(whosePull(branch, line, [same], []), null, "a branch here may be called as one of the fork");
    const own = pull(9, { state: "open", branch: "pr-8" });
    assert.equal(whosePull(desk, line, [same, own], []), own, "a push goes into that one");
  });

  it("is not known where the answer or the commits could not be had", () => {
    assert.equal(whosePull(branch, line, [], null), undefined);
    assert.equal(whosePull(branch, line, [], undefined), undefined);
    assert.equal(whosePull(branch, null, [], [pull(3)]), undefined);
    assert.equal(whosePull(branch, null, [], []), null);
  });
});
