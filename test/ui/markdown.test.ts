import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { withoutLinks } from "../../src/ui/markdown";

/** What the calls in a text are given, for each call of a function whose name fits. */
function argumentsOf(name: RegExp, text: string): string[] {
  return [...text.matchAll(name)].map(({ 0: call, index }) => {
    const start = index + call.length;
    let end = start;
    for (let depth = 1; depth > 0 && end < text.length; end++)
      depth += text[end] === "(" ? 1 : text[end] === ")" ? -1 : 0;
    return text.slice(start, end - 1).trim();
  });
}

describe("ui/markdown", () => {
  it("leaves no link in a message, which could run a command", () => {
    const name = "[Undo](command:workbench.action.closeWindow)\u202e";
    assert.equal(withoutLinks(name), "[Undo] (command:workbench.action.closeWindow)▯");
    // As VS Code finds links in messages.
    assert.doesNotMatch(withoutLinks(name), /\[[^\]]+\]\((https?:\/\/|command:|file:)/);
  });

  it("are taken out of every message that names anything; modal ones show none", () => {
    const root = path.join(__dirname, "../../src/ui");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.ts$/.test(file),
    );
    const calls = files.flatMap((file) =>
      argumentsOf(
        /\.show(Information|Warning|Error)Message\(/g,
        readFileSync(path.join(root, file), "utf8"),
      ).map((given) => `${file}: ${given}`),
    );
    assert.ok(calls.length > 15);
    const isConstant = /: vscode\.l10n\.t\(\s*"[^"{]*",?\s*\),?$/;
    const open = calls.filter(
      (call) => !isConstant.test(call) && !/modal: true|: withoutLinks\(|: text, \.\.\.choices/.test(call),
    );
    assert.deepEqual(open, []);
  });
});
