import assert from "node:assert/strict";
import fc from "fast-check";
import { codeBlock, codeWords } from "../../../src/review/plainText";
import { findMark, withMark } from "../../../src/review/publish/marker";
import { neutralCell, neutralText, neutralWords } from "../../../src/review/publish/neutral";

const unseen = "&#8203;";

describe("text from outside on GitHub", () => {
  it("keeps its words, its code, its lists and its bold, and loses what it could do", () => {
    const said: readonly (readonly [string, string])[] = [
      ["plain words, 50 % of them.", "plain words, 50 % of them."],
      ["call `load(a | b)` **now**", "call `load(a | b)` **now**"],
      ["- one\n* two\n1. three", "- one\n- two\n1. three"],
      ["ping @ann and @acme/team", `ping @${unseen}ann and @${unseen}acme/team`],
      ["mail ann@example.com", `mail ann@${unseen}example.com`],
      [
        "Fixes #12, closes acme/shop#3, GH-4",
        `Fixes \\#${unseen}12, closes acme/shop\\#${unseen}3, GH\\-${unseen}4`,
      ],
      [
        "see https://evil.test/x and www.evil.test",
        `see https:${unseen}//evil.test/x and www${unseen}.evil.test`,
      ],
      ["[x](https://evil.test)", `\\[x\\]\\(https:${unseen}//evil.test\\)`],
      ["![x](y) <img src=x>", "\\!\\[x\\]\\(y\\) &#60;img src\\=x&#62;"],
      ["<!-- agent-foreman summary -->", "&#60;\\!\\-\\- agent\\-foreman summary \\-\\-&#62;"],
      ["# heading\n=====\n> quote\n---", "\\# heading\n\\=\\=\\=\\=\\=\n&#62; quote\n\\-\\-\\-"],
      ["    four blanks", "four blanks"],
      ["&lt;b&gt; &#64;ann", `&#38;lt;b&#38;gt; &#38;\\#${unseen}64;ann`],
      ["a | b", "a \\| b"],
      ["a ` lone", "a \\` lone"],
      ["safe\u202egnp.exe\u200b", "safe▯gnp.exe▯"],
      ["```js\n@ann #1 <b>\n```\nafter", "```\n@ann #1 <b>\n```\nafter"],
      ["```\nnever closed @ann", "```\nnever closed @ann\n```"],
      ["~~~\n```\n@ann", `\`\`\`\n\n\`\`\`\n@${unseen}ann`],
    ];
    for (const [text, shown] of said) assert.equal(neutralText(text, 1_000), shown, text);
  });

  it("stays one cell of a table, whatever is in it", () => {
    assert.equal(neutralCell("`a\\\\| @ann` | b\nc", 100), `\\\`a\\\\\\\\\\| @${unseen}ann\\\` \\| b c`);
  });

  it("is cut where it is too long, and never inside of a character", () => {
    assert.equal(neutralWords("x".repeat(300), 10), "xxxxxxxxx…");
    assert.equal(neutralWords("😀😀😀", 4), "😀…");
    assert.equal(neutralText("`".repeat(20), 5), "```\n\n```");
  });

  it("never lets anything out of a block or a span of code", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "a", "\n", "~", " ", "@", "<") }), (text) => {
        const [fence = "", ...rest] = codeBlock(text).split("\n");
        const inner = rest.slice(0, -1);
        assert.equal(rest.at(-1), fence);
        assert.ok(inner.every((line) => !line.includes(fence)));
        const span = codeWords(text);
        const open = /^`+/.exec(span)?.[0] ?? "";
        assert.ok(span.endsWith(open));
        assert.ok(![...span.slice(open.length, -open.length).matchAll(/`+/g)].some(([run]) => run === open));
      }),
    );
  });

  it("has no call, reference, address or tag left in it outside of code", () => {
    const piece = fc.constantFrom(
      "@ann",
      "#12",
      "GH-3",
      "https://x.test",
      "www.x.test",
      "<b>",
      "`",
      "**",
      "\\",
      " ",
      "\n",
      "&",
      "|",
      "a",
      "-",
      "```",
      "~~~",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = outsideOfCode(neutralText(pieces.join(""), 1_000));
        assert.doesNotMatch(text, /@\w|(?<!&)#\d|GH-\d|:\/\/|www\.|<|>/);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** What is left after blocks and spans of code were taken out as Markdown does. */
function outsideOfCode(text: string): string {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of text.split("\n")) {
    if (fence === null && /^`{3,}$/.test(line)) fence = line;
    else if (line === fence) fence = null;
    else if (fence === null) lines.push(line);
  }
  const whole = lines.join("\n");
  let out = "";
  for (let at = 0; at < whole.length; ) {
    const run = /^`+/.exec(whole.slice(at))?.[0] ?? "";
    const after = at + run.length;
    const end = [...whole.slice(after).matchAll(/`+/g)].find(([each]) => each === run);
    if (whole[at] === "\\") at += 2;
    else if (end) at = after + end.index + run.length;
    else {
      out += run || whole[at];
      at += run.length || 1;
    }
  }
  return out;
}

describe("the mark below our texts", () => {
  it("is told again, with whether somebody changed the text above it", () => {
    const finding = "0123456789abcdef";
    const text = withMark("words", { kind: "finding", finding });
    assert.deepEqual(findMark(text), { kind: "finding", finding, untouched: true });
    assert.deepEqual(findMark(text.replaceAll("\n", "\r\n")), { kind: "finding", finding, untouched: true });
    assert.deepEqual(findMark(text.replace("words", "other")), {
      kind: "finding",
      finding,
      untouched: false,
    });
    assert.equal(findMark(`${text}\nmore`), null);
    assert.equal(findMark("words"), null);
    assert.equal(findMark(text.replace(` ${finding}`, "")), null);
    assert.deepEqual(findMark(withMark("a", { kind: "summary" })), { kind: "summary", untouched: true });
  });
});
