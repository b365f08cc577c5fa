import assert from "node:assert/strict";
import type { DeletionKind } from "../../../src/model/check";
import { hoverText } from "../../../src/ui/editor/hoverText";
import { besideGap, restoreInShort, restoreTitle, sentences } from "../../../src/ui/editor/words";
import { english } from "../../../src/ui/translate";
import { now } from "../tree/kit";
import { mark } from "./kit";

const hover = (shown: ReturnType<typeof mark>, lines: readonly string[] = [], language = "javascript") =>
  hoverText(shown, { lines, language, now, t: english });

describe("ui/editor/words", () => {
  it("says beside the place how much of whose work is missing, and how it begins", () => {
    assert.equal(
      besideGap(mark(), ["", "  export function toCsv(rows) {"], english),
      "⟵ 2 lines of #12 would go: export function toCsv(rows) {",
    );
    assert.equal(besideGap(mark(), [], english), "⟵ 4 lines of #12 would go");
    assert.equal(besideGap(mark({}, false), [], english), "⟵ 4 lines of #12 would go; meant?");
    const long = besideGap(mark(), [`a\u202e\u0007${"x".repeat(500)}`], english);
    assert.equal(long, `⟵ 1 line of #12 would go: a▯▯${"x".repeat(77)}…`);
  });

  it("says of every kind what would be lost and how it comes back", () => {
    const said = (kind: DeletionKind, lines: number) => {
      const shown = mark({ kind, lines, path: "new.ts", headPath: kind === "file" ? null : "old.ts" });
      const [first = ""] = sentences(shown, english).split(" Shipped");
      return `${first} ${restoreTitle(shown, english)} / ${restoreInShort(shown, english)}`;
    };
    assert.deepEqual(
      [said("lines", 1), said("file", 9), said("file", 0), said("binary", 0), said("move-undone", 0)],
      [
        "The merge into origin/main would lose 1 line of #12. Restore this line / Restore 1 line of #12",
        "The merge into origin/main would lose this file (9 lines of #12). Restore the file / Restore this file (9 lines of #12)",
        "The merge into origin/main would lose this file. Restore the file / Restore this file",
        "The merge into origin/main would lose the newer version of this file. Restore the file / Restore the newer version of this file",
        "The merge into origin/main would lose the move of this file to new.ts. Move the file again / Move the file again",
      ],
    );
  });

  it("speaks in sentences to Problems and screen readers, and asks where it does not know", () => {
    assert.equal(
      sentences(mark({ confidence: "unsure" }, false), english),
      [
        "The merge into origin/main would lose 4 lines of #12.",
        "Shipped by Claude with CSV export (#12).",
        "The file is exactly what it was before #12 landed.",
        "Is that meant?",
      ].join(" "),
    );
    const nobody = sentences(mark({ introducedBy: [], evidence: [] }), english);
    assert.equal(nobody, "The merge into origin/main would lose 4 lines.");
  });
});

describe("ui/editor/hoverText", () => {
  it("lets nothing from outside become a link, a picture, HTML or a command", () => {
    const evil = "[x](command:evil) ![y](http://e.example) <img src=x> $(zap) `a` @b **c**";
    const landing = { oid: "c".repeat(40), subject: evil, author: evil, committedAt: "never", pr: null };
    const text = hover(
      mark({
        introducedBy: [landing],
        removedBy: { oid: "d".repeat(40), subject: evil },
        evidence: [{ code: "old-version", detail: evil }],
      }),
    );
    const links = [...text.matchAll(/(?<!\\)\]\(([^)]*)\)/g)].map(([, to = ""]) => to.split("?")[0]);
    assert.deepEqual(links, [
      "command:agentForeman.restoreLoss",
      "command:agentForeman.showMerge",
      "command:agentForeman.meantLoss",
      "command:agentForeman.recoverBranch",
    ]);
    assert.doesNotMatch(text, /(?<!\\)<img|(?<!\\)!\[/);
    // VS Code draws icons after Markdown is done, when backslashes are gone.
    assert.doesNotMatch(text.replaceAll("\\", ""), /\$\(zap/);
  });

  it("shows the first lines as code that nothing in them can end", () => {
    const lines = ["```", "[x](command:evil)", "````", "\tok\u202e\u001b", ...Array(20).fill("more")];
    const text = hover(mark(), lines, "java script\n```");
    const [, block = "", after = ""] = /^`{5}\n([\s\S]*?)\n`{5}\n([\s\S]*)$/m.exec(text) ?? [];
    assert.deepEqual(block.split("\n").slice(0, 4), ["```", "[x](command:evil)", "````", "\tok▯▯"]);
    assert.equal(block.split("\n").length, 12);
    assert.match(after, /^\nand 12 lines more/);
  });

  it("hands its commands the worktree and the deletion, whatever the path is called", () => {
    const named = { ...mark(), worktree: { path: '/r)/"%20\n', name: "x", branch: null } };
    const [, query = ""] = /restoreLoss\?([^)]*)\)/.exec(hover(named)) ?? [];
    assert.deepEqual(JSON.parse(decodeURIComponent(query)), [
      { path: '/r)/"%20\n', loss: "0123456789abcdef" },
    ]);
  });
});
