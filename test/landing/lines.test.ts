import assert from "node:assert/strict";
import { changeOfLines, countLines, hasLongest, mayHold } from "../../src/landing/lines";

function counted(text: string) {
  const counts = countLines(Buffer.from(text));
  assert.ok(counts);
  return counts;
}

describe("lines of a file", () => {
  const cases: readonly [what: string, before: string, after: string, content: string, has: boolean][] = [
    ["stands alone", "a\n", "a\nlonger\n", "b\nlonger\nc\n", true],
    ["is the first", "a\n", "a\nlonger\n", "longer\nc\n", true],
    ["is the last, without an end", "a\n", "a\nlonger\n", "c\nlonger", true],
    ["is only part of lines", "a\n", "a\nlonger\n", "much longer\nlonger still\nlongerlonger\n", false],
    ["is part of one and then whole", "a\n", "a\nlonger\n", "longer still\nlonger\n", true],
    ["is not there", "a\n", "a\nlonger\n", "short\n", false],
    ["has another line end", "a\n", "a\nlonger\n", "longer\r\n", false],
    ["has bytes beyond ASCII", "a\n", "a\nläng\n", "b\nläng\n", true],
    ["is empty, and nothing else comes", "a\n", "a\n\n", "b\n", true],
    ["does not come: lines only go", "a\nb\n", "a\n", "x\n", true],
  ];
  for (const [what, before, after, content, has] of cases)
    it(`the longest new one ${what}`, () => {
      const change = changeOfLines(counted(before), counted(after));
      assert.equal(hasLongest(change, Buffer.from(content)), has);
      // It only ever rules out what the count of all lines would rule out, too.
      if (!has) assert.equal(mayHold(change, counted(content)), false);
    });
});
