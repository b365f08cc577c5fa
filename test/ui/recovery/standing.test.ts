import assert from "node:assert/strict";
import { noNotes } from "../../../src/fleet/needNotes";
import { needsYou } from "../../../src/fleet/needsYou";
import type { RecoveryFact } from "../../../src/model/recovery";
import type { Worktree } from "../../../src/model/worktree";
import { bestAction } from "../../../src/ui/needsYou/bestAction";
import { details } from "../../../src/ui/tree/details";
import { presentWorktree } from "../../../src/ui/tree/presentWorktree";
import { check, loss } from "../tree/check";
import { scene, worktree } from "../tree/kit";

const waiting: RecoveryFact = {
  branch: "agent/x",
  newBranch: "agent/csv",
  state: "conflict",
  at: 2,
  of: 5,
  paths: ["a.ts"],
  here: true,
};

/** Where it stands in the row, what can be done there, and what a click on its need does. */
function told(recovery: Partial<RecoveryFact>, facts: Partial<Worktree> = {}): string {
  const one = worktree({ ahead: 1, ...facts, recovery: { ...waiting, ...recovery } });
  const { description, context, icon } = presentWorktree(one, scene());
  const can = context.split(";").filter((each) => /recover|settl|abort/.test(each));
  const [need] = needsYou({ worktrees: [one], pulls: [], notes: noNotes }, { commits: 20 });
  const act = need && bestAction(need, { repo: {} as never, worktrees: [one], pulls: [] }).command;
  return [icon.id, description.split(" · ")[0], can.join(), act ?? "-"].join(" | ");
}

describe("ui/recovery: where it stands", () => {
  it("is in the row, with what can be done about it", () => {
    assert.deepEqual(
      [
        told({}),
        told({ paths: ["a.ts", "b.ts", "c.ts"] }),
        told({ state: "settled" }),
        told({ state: "stopped" }),
        told({ state: "running" }),
        told({ state: "aborting" }),
        told({ here: false, newBranch: "agent/y" }),
      ],
      [
        "warning | recovering agent/x: 2 of 5, conflict in a.ts | recovering,abortable,settling | openConflicts",
        "warning | recovering agent/x: 2 of 5, conflict in a.ts and 2 more | recovering,abortable,settling | openConflicts",
        "debug-pause | recovering agent/x: 2 of 5, settled, continue | recovering,abortable,settling | continueRecovery",
        "debug-pause | recovering agent/x: stopped at 2 of 5, continue | recovering,abortable | continueRecovery",
        "sync~spin | recovering agent/x: 2 of 5 |  | -",
        "debug-pause | recovery of agent/x is half taken back, abort again | abortable | abortRecovery",
        "git-branch | being recovered as agent/y |  | -",
      ],
    );
  });

  it("opens what conflicts from a row of its own, and says nothing of losses before it is done", () => {
    const one = worktree({ recovery: waiting, check: check([loss("a.ts", 3, 12)]) });
    const rows = details(one, scene());
    assert.deepEqual(
      rows
        .filter(({ id }) => /^(recovery|loss)/.test(id))
        .map(({ label, opens, context }) => [label, opens, context]),
      [["Recovery", "openConflicts", ";detail;recovery;recovering;abortable;settling;"]],
    );
    assert.doesNotMatch(presentWorktree(one, scene()).description, /would delete/);
  });

  it("is offered where a branch is lossy, in conflict, stale, outlived its pull request or was pushed to", () => {
    const offered = (facts: Partial<Worktree>) =>
      presentWorktree(worktree({ ahead: 1, landed: { state: "open", own: 1 }, ...facts }), scene())
        .context.split(";")
        .filter((each) => ["recoverable", "lossy"].includes(each))
        .join("+");
    assert.deepEqual(
      [
        offered({}),
        offered({ check: check([loss("a.ts", 3, 12)]) }),
        offered({ check: check([], [{ path: "a.ts", atRisk: [] }]) }),
        offered({ behind: 20 }),
        offered({ remoteAhead: 2 }),
        offered({ remoteAhead: 2, ahead: 0 }),
        offered({ behind: 20, landed: { state: "landed", how: "squash", as: [] } }),
        offered({ behind: 20, branch: null }),
        offered({ behind: 20, recovery: waiting }),
      ],
      ["", "recoverable+lossy", "recoverable", "recoverable", "recoverable", "", "", "", ""],
    );
  });

  it("is the best thing to do where merges did all the harm, or the pull request is merged", () => {
    const by = (...codes: ("dropped-in-merge" | "old-version")[]) =>
      worktree({
        ahead: 1,
        check: check(codes.map((code) => ({ ...loss("a.ts", 3, 12), evidence: [{ code, detail: "" }] }))),
      });
    const action = (one: Worktree) =>
      needsYou({ worktrees: [one], pulls: [], notes: noNotes }, { commits: 20 })[0]?.action;
    assert.equal(action(by("dropped-in-merge", "dropped-in-merge")), "recover");
    assert.equal(action(by("dropped-in-merge", "old-version")), "restore-losses");
    assert.equal(action({ ...by("dropped-in-merge"), branch: null }), "restore-losses");
  });
});
