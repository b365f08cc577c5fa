import assert from "node:assert/strict";
import type { CheckDocument } from "../../../src/model/check";
import { english } from "../../../src/ui/translate";
import { details } from "../../../src/ui/tree/details";
import { looksOnlyText } from "../../../src/ui/tree/looksOnly";
import { lossesInShort } from "../../../src/ui/tree/losses";
import { presentWorktree } from "../../../src/ui/tree/presentWorktree";
import { checkInWords } from "../../../src/ui/tree/tooltip";
import { check, loss } from "./check";
import { scene, worktree } from "./kit";

describe("ui/tree/losses", () => {
  it("says in one line how much of whose work would go", () => {
    assert.equal(lossesInShort(null, english), null);
    assert.equal(lossesInShort(check([]), english), null);
    const many = [1, 2, 3, 4, 5, 1].map((pr, i) => loss(`f${i}`, 2, pr));
    assert.equal(lossesInShort(check(many), english), "would delete 12 lines of #1, #2, #3, +2");
    assert.equal(
      lossesInShort(check([loss("a.png", 0, null, "binary")]), english),
      "would delete 1 file of 99999999",
    );
  });

  it("comes first in the row, marks it red and asks for a person", () => {
    const row = presentWorktree(worktree({ check: check([loss("a.ts", 3, 12)]), ahead: 3 }), scene());
    assert.deepEqual(
      [row.icon, row.description],
      [{ id: "error", color: "list.errorForeground" }, "would delete 3 lines of #12 · ↑3"],
    );
    assert.match(row.spoken, /would delete 3 lines of #12/);
  });

  it("gives each file a row with who shipped it and why it is held for a loss", () => {
    const facts = worktree({ check: check([loss("a.ts", 3, 12), loss("b.ts", 9, 12, "file")]) });
    const rows = details(facts, scene()).filter(({ id }) => id.startsWith("loss"));
    assert.deepEqual(
      rows.map(({ label, description }) => `${label}: ${description}`),
      [
        "a.ts: 3 lines, shipped by Ann with feat: a thing (#12)",
        "b.ts: the whole file, shipped by Ann with feat: a thing (#12)",
      ],
    );
    assert.match(rows[0]?.spoken ?? "", /The file is exactly what it was before\./);
  });

  it("gives questions, what a person called meant and what only looks deleted rows of their own, quietly", () => {
    const { losses } = check([loss("a.ts", 3, 12)]);
    const [asked] = losses;
    assert.ok(asked);
    const meant = { ...asked, why: "moved", decided: { by: "Ann", at: "2026-11-22T11:00:00Z" } };
    const found = {
      ...check([]),
      questions: losses,
      intended: [meant, { ...asked, why: "The branch says so." }],
      looksOnly: { files: 2, lines: 9, more: false },
    };
    const rows = details(worktree({ check: found }), scene()).filter(({ opens, loss: id }) => opens ?? id);
    assert.deepEqual(
      rows.map(({ icon, label, description, context, opens }) =>
        [icon.id, label, description, context, opens].join(" | "),
      ),
      [
        "question | a.ts | 3 lines, shipped by Ann with feat: a thing (#12); is that meant? | ;detail;question;restorable;lines; | openLoss",
        "pass | a.ts | meant to go: moved | ;detail;meant; | ",
        "info | Plain diff | 2 files look deleted; the merge keeps them | ;detail;looksOnly; | explainLooksOnly",
      ],
    );
  });

  it("explains what only looks deleted, with names that stay names", () => {
    const head = { ref: "refs/heads/agent/`x`](command:y)", oid: "b".repeat(40) };
    const found = { ...check([]), head, behind: 4, looksOnly: { files: 2, lines: 9, more: false } };
    const text = looksOnlyText(found, english);
    assert.match(text, /shows 9 lines in 2 files as removed/);
    assert.ok(text.includes("\n    git diff 'origin/main...agent/`x`](command:y)'"));
    assert.ok(text.includes("\n    git diff origin/main 'agent/`x`](command:y)'"));
    assert.doesNotMatch(text.replaceAll(/^ {4}.*$/gm, ""), /(?<!\\)\]\(/);
  });

  it("says so too where nothing would be lost, and says nothing where that is not known", () => {
    const target = { ref: "refs/remotes/origin/main", oid: "a".repeat(40), fetchedAt: null };
    const words = (found: CheckDocument | null) =>
      checkInWords(worktree({ check: found }), scene({ target }));
    assert.equal(words(null), null);
    assert.equal(words(check([])), "none: origin/main would keep all that it has");
    const asked = { ...check([]), questions: [loss("a.ts", 3, 12)] };
    assert.equal(words(asked), "3 lines would go; meant?");
    assert.equal(words(check([], [{ path: "a", atRisk: [] }])), "conflicts with origin/main in 1 file");
  });
});
