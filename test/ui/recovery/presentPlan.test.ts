import assert from "node:assert/strict";
import type { RecoverDocument, RecoveryCommit } from "../../../src/model/recovery";
import { newName } from "../../../src/ui/recovery/newName";
import { choicesOf, planInShort, planRows } from "../../../src/ui/recovery/presentPlan";
import { english as t } from "../../../src/ui/translate";
import { check, loss } from "../tree/check";

const landing = "1234567890".padEnd(40, "0");

function commit(
  oid: string,
  fate: RecoveryCommit["fate"],
  more: Partial<RecoveryCommit> = {},
): RecoveryCommit {
  return {
    oid,
    subject: `commit ${oid}`,
    author: "Codex",
    fate,
    reason: "So it is.",
    landedAs: null,
    ...more,
  };
}

function plan(commits: readonly RecoveryCommit[], more: Partial<RecoverDocument> = {}): RecoverDocument {
  return {
    schemaVersion: 1,
    branch: "agent/x",
    head: "a".repeat(40),
    onto: { ref: "origin/main", oid: "b".repeat(40) },
    newBranch: "agent/x-recovered",
    worktree: null,
    commits,
    uncommitted: null,
    state: "planned",
    conflicts: [],
    resultTree: "c".repeat(40),
    verified: true,
    check: check([]),
    pushed: false,
    rescueRef: null,
    notes: [],
    ...more,
  };
}

const mixed = plan([
  commit("1", "drop", { landedAs: landing, reason: "It landed with 123456789." }),
  commit("2", "drop", { landedAs: "9".repeat(40) }),
  commit("3", "drop", { author: "", reason: "It changes nothing." }),
  commit("4", "pick"),
  commit("5", "ask", { landedAs: landing }),
  commit("6", "conflict", { subject: "" }),
]);

/** A row on one line, as it is drawn. */
function lines(document: RecoverDocument, remote: string | null = "origin"): string[] {
  return planRows(document, { pulls: new Map([[landing, 12]]), remote, t }).map(
    ({ label, description, detail, icon, ticked }) =>
      `${ticked ? "[x]" : "[ ]"} ${icon} | ${label} | ${description} | ${detail}`,
  );
}

describe("ui/recovery: the plan", () => {
  it("has a row for each commit, oldest first, with what happens to it and why", () => {
    assert.deepEqual(lines(mixed, null), [
      "[ ] circle-slash | commit 1 | left out, landed as #12 | Codex · It landed with 123456789.",
      "[ ] circle-slash | commit 2 | left out, landed as 99999999 | Codex · So it is.",
      "[ ] circle-slash | commit 3 | left out | It changes nothing.",
      "[x] git-commit | commit 4 | comes along | Codex · So it is.",
      "[ ] question | commit 5 | was taken back: tick it to take it again | Codex · So it is.",
      "[x] warning | 6 | comes along, but conflicts: you settle it | Codex · So it is.",
    ]);
  });

  it("offers uncommitted files as a row of their own, ticked where they fit", () => {
    const files = (fate: "carry" | "conflict" | "drop", files: number) =>
      lines(plan([], { uncommitted: { files, fate } }), null)[0]?.replace(/ \| [^|]*$/, "");
    assert.deepEqual(
      [files("carry", 1), files("conflict", 2), files("drop", 3)],
      [
        "[x] edit | 1 uncommitted file | come along, uncommitted as they are",
        "[ ] edit | 2 uncommitted files | do not fit, and stay where they are",
        "[ ] edit | 3 uncommitted files | stay where they are",
      ],
    );
  });

  it("pushes without being asked again only what nobody has to look at first", () => {
    const push = (more: Partial<RecoverDocument>) => lines(plan([commit("4", "pick")], more)).at(-1);
    assert.equal(
      push({}),
      "[x] repo-push | Push agent/x-recovered to origin | never by force | Only if origin/main would lose nothing by it.",
    );
    for (const more of [
      { verified: false, notes: ["Look at it."] },
      { conflicts: ["a.ts"] },
      { check: check([loss("a.ts", 3, 12)]) },
      { check: null },
    ])
      assert.match(push(more) ?? "", /^\[ \] repo-push/, JSON.stringify(more));
    assert.match(push({ verified: false, notes: ["Look at it."] }) ?? "", / nothing by it\. Look at it\.$/);
    assert.equal(lines(plan([]), null).length, 0);
  });

  it("says in a line what it comes to", () => {
    const picks = [commit("1", "drop"), commit("2", "pick"), commit("3", "pick")];
    assert.deepEqual(
      [
        plan(picks),
        plan(picks, { check: null }),
        plan(picks, { conflicts: ["a.ts"] }),
        plan(picks, { check: check([loss("a.ts", 3, 12)]) }),
        plan([commit("1", "drop")]),
      ].map((each) => planInShort(each, t)),
      [
        "2 of 3 commits come along; origin/main would lose nothing.",
        "2 of 3 commits come along.",
        "2 of 3 commits come along; there are conflicts for you to settle.",
        "2 of 3 commits come along; origin/main would still lose 3 lines.",
        "origin/main has all of it already. Tick what is to come along all the same.",
      ],
    );
  });

  it("tells only where a person ticked otherwise", () => {
    const ticked = (...ids: string[]) => choicesOf(mixed, new Set(ids));
    assert.deepEqual(ticked("4", "6", "push"), { take: [], leave: [], uncommitted: false, push: true });
    assert.deepEqual(ticked("1", "4", "5", "files"), {
      take: ["1", "5"],
      leave: ["6"],
      uncommitted: true,
      push: false,
    });
  });

  it("gives the new branch a name that nobody has", () => {
    const name = (branch: string, ...taken: string[]) => newName(branch, (each) => taken.includes(each));
    assert.equal(name("agent/x"), "agent/x-recovered");
    assert.equal(name("agent/x", "agent/x-recovered"), "agent/x-recovered-2");
    assert.equal(name("agent/x-recovered", "agent/x-recovered"), "agent/x-recovered-2");
    assert.equal(
      name("agent/x-recovered-2", "agent/x-recovered", "agent/x-recovered-2"),
      "agent/x-recovered-3",
    );
  });
});
