import assert from "node:assert/strict";
import { assemble, type Facts, noFacts } from "../../src/fleet/snapshot";
import type { Status } from "../../src/git/status";
import type { WorktreeEntry } from "../../src/model/worktree";

const entry = (name: string): WorktreeEntry => ({
  path: `/desks/${name}`,
  head: "1".repeat(40),
  branch: name,
  isMain: false,
  bare: false,
  lockedBecause: null,
  missing: false,
});

const clean = { staged: 0, changed: 0, untracked: 0, conflicted: 0 };
const statusOf = (branch: string, changed: number): Status => ({
  head: "1".repeat(40),
  branch,
  dirt: { ...clean, changed },
});

describe("fleet/snapshot", () => {
  const facts: Facts = {
    ...noFacts,
    entries: [entry("a"), entry("b")],
    statuses: new Map([
      ["/desks/a", statusOf("a", 0)],
      ["/desks/b", statusOf("b", 0)],
    ]),
  };
  const before = assemble(facts, []);

  it("puts together anew only the worktree whose files changed", () => {
    const next = { ...facts, statuses: new Map(facts.statuses).set("/desks/b", statusOf("b", 2)) };
    const [a, b] = assemble(next, before, facts);
    assert.equal(a, before[0]);
    assert.deepEqual([b?.name, b?.dirt?.changed], ["b", 2]);
  });

  it("puts all together anew where anything else is new", () => {
    const next = { ...facts, overlaps: new Map([["/desks/a", []]]) };
    assert.deepEqual(
      assemble(next, before, facts).map(({ overlaps }) => overlaps),
      [[], null],
    );
  });
});
