import assert from "node:assert/strict";
import { withoutLinks } from "../../src/ui/markdown";

describe("ui/markdown", () => {
  it("leaves no link in a message, which could run a command", () => {
    const name = "[Undo](command:workbench.action.closeWindow)\u202e";
    assert.equal(withoutLinks(name), "[Undo] (command:workbench.action.closeWindow)▯");
    // As VS Code finds links in messages.
    assert.doesNotMatch(withoutLinks(name), /\[[^\]]+\]\((https?:\/\/|command:|file:)/);
  });
});
