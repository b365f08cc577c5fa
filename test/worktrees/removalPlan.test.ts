import assert from "node:assert/strict";
import type { WorktreeEntry } from "../../src/model/worktree";
import {
  overridableCodes,
  planRemoval,
  type RemovalChoices,
  type RemovalFacts,
} from "../../src/worktrees/removalPlan";

const entry: WorktreeEntry = {
  path: "/work/repo.worktrees/csv",
  head: "1".repeat(40),
  branch: "agent/csv",
  isMain: false,
  bare: false,
  lockedBecause: null,
  missing: false,
};

const clean = { staged: 0, changed: 0, untracked: 0, conflicted: 0 };

/** Clean, landed and left alone. */
const facts: RemovalFacts = {
  entry,
  current: false,
  presence: "there",
  dirt: clean,
  dirtyFiles: [],
  unkeepable: [],
  unsearched: [],
  onOtherDisk: [],
  middleOf: null,
  gitLock: null,
  occupants: [],
  inUse: null,
  landed: { state: "landed", how: "squash", as: ["2".repeat(40)] },
  ownSubjects: [],
  branchStays: null,
  heldBy: null,
  inside: [],
  remoteAhead: 0,
};

const open: Partial<RemovalFacts> = {
  landed: { state: "open", own: 4 },
  ownSubjects: ["feat: CSV", "fix: quotes\u001b[2J", "test: CSV", "chore: x"],
};
const dirty: Partial<RemovalFacts> = {
  dirt: { staged: 1, changed: 2, untracked: 1, conflicted: 0 },
  dirtyFiles: ["a.ts", "b.ts", "c\nd.ts", "e.ts"],
};
const detached = { entry: { ...entry, branch: null } };

/** What is so, besides the choices; the reason's code and message; whether `anyway` would allow it. */
const refusals: readonly (readonly [string, Partial<RemovalFacts>, string, string, boolean])[] = [
  [
    "the main worktree",
    { entry: { ...entry, path: "/work/repo", isMain: true } },
    "main-worktree",
    "/work/repo is the repo itself, not one of its worktrees.",
    false,
  ],
  [
    "a bare repo",
    { entry: { ...entry, path: "/x.git", bare: true } },
    "main-worktree",
    "/x.git is the repo itself, not one of its worktrees.",
    false,
  ],
  ["the one we are in", { current: true }, "current", `You are in ${entry.path}.`, false],
  [
    "a locked one",
    { entry: { ...entry, lockedBecause: "agent is working" } },
    "locked",
    `${entry.path} is locked: agent is working.`,
    false,
  ],
  [
    "one locked without a reason",
    { entry: { ...entry, lockedBecause: "" } },
    "locked",
    `${entry.path} is locked: no reason was given.`,
    false,
  ],
  [
    "one the caller says is in use",
    { inUse: "Claude Code" },
    "live",
    `Claude Code works in ${entry.path}.`,
    false,
  ],
  [
    "one with processes in it",
    {
      occupants: [
        { pid: 7, command: "zsh" },
        { pid: 8, command: "node" },
      ],
    },
    "live",
    "In use by zsh (process 7), node (process 8).",
    false,
  ],
  [
    "one where git runs",
    { gitLock: "/work/repo/.git/worktrees/csv/index.lock" },
    "git-busy",
    `A git command is running in ${entry.path}, or was killed there: /work/repo/.git/worktrees/csv/index.lock exists.`,
    false,
  ],
  [
    "one in the middle of a rebase",
    { middleOf: "rebase" },
    "unfinished",
    "A rebase is not finished there.",
    false,
  ],
  [
    "one with conflicts",
    { dirt: { ...clean, conflicted: 2 } },
    "conflicts",
    "2 files there with unresolved conflicts.",
    false,
  ],
  [
    "one with worktrees in it",
    { inside: ["/work/repo.worktrees/csv/.claude/worktrees/x"] },
    "holds-worktrees",
    "Other worktrees lie inside it: /work/repo.worktrees/csv/.claude/worktrees/x.",
    false,
  ],
  [
    "one with a repo in it",
    { unkeepable: ["vendor, a git repo of its own"] },
    "unkeepable",
    "It holds what could not be brought back: vendor, a git repo of its own.",
    false,
  ],
  [
    "one that git cannot read",
    { dirt: null },
    "unknown-files",
    "Git could not tell whether files there are uncommitted.",
    false,
  ],
  [
    "one whose landing nobody could find out",
    { landed: null },
    "unknown-commits",
    "It is not known whether its commits are in the target.",
    false,
  ],
  [
    "one whose landing is unknown for a reason",
    { landed: { state: "unknown", why: "the history is shallow" } },
    "unknown-commits",
    "It is not known whether its commits are in the target: the history is shallow.",
    false,
  ],
  [
    "one without a commit",
    { entry: { ...entry, head: null }, landed: null },
    "no-commit",
    "Its branch has no commit yet, so there is nothing to bring it back from.",
    false,
  ],
  [
    "a dirty one",
    dirty,
    "dirty",
    "Uncommitted files would go (1 staged, 2 changed, 1 untracked): a.ts, b.ts, c�d.ts and 1 more.",
    true,
  ],
  [
    "one with commits of its own",
    open,
    "not-landed",
    "4 commits not in the target: “feat: CSV”, “fix: quotes�[2J”, “test: CSV” and 1 more.",
    true,
  ],
  [
    "a detached one with commits of its own",
    { ...detached, landed: { state: "open", own: 1 }, ownSubjects: ["feat: CSV"] },
    "not-landed",
    "1 commit not in the target: “feat: CSV”.",
    true,
  ],
  [
    "one whose folder cannot be read",
    { presence: "not-readable", dirt: null },
    "not-readable",
    `${entry.path} cannot be read, so what is in it is not known.`,
    false,
  ],
  [
    "one that may be on a drive that is not connected",
    { presence: "out-of-reach", entry: { ...entry, missing: true }, dirt: null },
    "out-of-reach",
    `${entry.path} is not there, nor can the folder that held it be read. Its drive may not be connected.`,
    true,
  ],
  [
    "one with more ignored files than can be looked through",
    { unsearched: ["data/"] },
    "unsearched",
    "Ignored folders that could not be looked through for git repos: data/.",
    true,
  ],
  [
    "one with an ignored folder on another disk",
    { onOtherDisk: ["data/"] },
    "other-disk",
    "Ignored folders on another disk than the repo: data/.",
    true,
  ],
  [
    "a missing one with commits of its own",
    {
      presence: "missing",
      entry: { ...entry, missing: true },
      dirt: null,
      landed: { state: "open", own: 1 },
    },
    "not-landed",
    "1 commit not in the target.",
    true,
  ],
];

function codes(given: Partial<RemovalFacts>, choices: RemovalChoices = {}): string[] {
  const plan = planRemoval({ ...facts, ...given }, choices);
  return plan.allowed ? [] : plan.reasons.map(({ code }) => code);
}

describe("worktrees/removalPlan", () => {
  for (const [what, given, code, message, overridable] of refusals) {
    it(`refuses ${what}`, () => {
      const plan = planRemoval({ ...facts, ...given });
      assert.ok(!plan.allowed);
      assert.deepEqual(
        plan.reasons.map((reason) => [reason.code, reason.message]),
        [[code, message]],
      );
      assert.ok(plan.reasons.every(({ hint }) => hint !== ""));
      assert.equal(plan.overridable, overridable);
      assert.equal(overridableCodes.includes(code), overridable);
      assert.equal(planRemoval({ ...facts, ...given }, { anyway: true }).allowed, overridable);
    });
  }

  it("allows a clean one that has landed, and says that it is merged", () => {
    assert.deepEqual(planRemoval(facts), { allowed: true, merged: true, keepsBranch: false, warnings: [] });
  });

  it("allows one that has no commit of its own, and does not call it merged", () => {
    assert.deepEqual(planRemoval({ ...facts, landed: { state: "empty" } }), {
      allowed: true,
      merged: false,
      keepsBranch: false,
      warnings: [],
    });
  });

  it("allows a missing one: only git's entry goes", () => {
    assert.deepEqual(codes({ presence: "missing", entry: { ...entry, missing: true }, dirt: null }), []);
  });

  it("gives every reason, not only the first", () => {
    const all = { ...open, ...dirty, middleOf: "merge", entry: { ...entry, lockedBecause: "" } };
    assert.deepEqual(codes(all), ["locked", "unfinished", "dirty", "not-landed"]);
    assert.deepEqual(codes(all, { anyway: true }), ["locked", "unfinished"]);
  });

  it("has nothing against commits that stay on their branch", () => {
    assert.deepEqual(codes(open, { keepBranch: true }), []);
    assert.deepEqual(codes({ landed: null }, { keepBranch: true }), []);
    assert.deepEqual(codes({ ...open, branchStays: "target" }), []);
    assert.deepEqual(codes({ ...open, branchStays: "elsewhere" }), []);
    assert.deepEqual(codes({ ...open, ...dirty }, { keepBranch: true }), ["dirty"]);
  });

  it("has nothing against a detached head that another ref holds, but keepBranch alone holds nothing there", () => {
    assert.deepEqual(codes({ ...open, ...detached, heldBy: "main" }), []);
    assert.deepEqual(codes({ ...open, ...detached }, { keepBranch: true }), ["not-landed"]);
  });

  it("only warns of commits on the remote that were never here", () => {
    const plan = planRemoval({ ...facts, remoteAhead: 2 });
    assert.ok(plan.allowed);
    assert.deepEqual(
      plan.warnings.map(({ message }) => message),
      ["The branch on the remote has 2 commits that this worktree never had."],
    );
  });
});
