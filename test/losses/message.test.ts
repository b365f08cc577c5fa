import assert from "node:assert/strict";
import { saysItGoesBack } from "../../src/losses/rules/message";

describe("losses: what a commit says", () => {
  const says = (subject: string, body = "") => saysItGoesBack({ subject, body });

  it("is that it goes back, as its first words or those of a line", () => {
    for (const subject of [
      "Switch back to debian 11",
      "ci(test): re-enable python 3.12",
      "[csv] Re-add quotes",
    ])
      assert.ok(says(subject), subject);
    assert.ok(says("fix: docs", "Why:\n- This revives them for a while."));
  });

  it("is not that where it speaks of what is built", () => {
    const others = [
      'feat: add a "Go back" button',
      "feat: rollback command",
      "fix: put back-pressure on",
      "docs: go",
    ];
    for (const subject of others) assert.ok(!says(subject), subject);
  });

  it("is read at once, however long it is made", () => {
    for (const piece of ["-", "[", "x:", "a-", "- ", "re-"]) assert.ok(!says(piece.repeat(400_000)), piece);
  });
});
