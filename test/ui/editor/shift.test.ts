import assert from "node:assert/strict";
import fc from "fast-check";
import { shiftLine, type TextChange } from "../../../src/ui/editor/shift";

describe("ui/editor/shiftLine", () => {
  const change = (from: [number, number], to: [number, number], text: string): TextChange => ({
    range: { start: { line: from[0], character: from[1] }, end: { line: to[0], character: to[1] } },
    text,
  });

  it("follows the line through edits above it, and is left alone by those below", () => {
    assert.equal(shiftLine(5, [change([2, 0], [2, 0], "one\ntwo\r\n")]), 7);
    assert.equal(shiftLine(5, [change([1, 3], [4, 1], "")]), 2);
    assert.equal(shiftLine(5, [change([5, 0], [5, 0], "typed\n")]), 5);
    assert.equal(shiftLine(5, [change([5, 2], [9, 0], "")]), 5);
    assert.equal(shiftLine(5, [change([4, 7], [4, 7], "\nmore")]), 6);
    assert.equal(shiftLine(5, [change([3, 0], [5, 0], "")]), 3);
    assert.equal(shiftLine(5, [change([3, 1], [8, 2], "x\ny")]), 4);
    assert.equal(shiftLine(5, [change([9, 0], [9, 0], "\n"), change([0, 0], [1, 0], "")]), 4);
  });

  it("agrees with the text itself", () => {
    const position = fc.record({ line: fc.nat(9), character: fc.nat(4) });
    const arbitrary = fc.record({
      a: position,
      b: position,
      text: fc.constantFrom("", "x", "\n", "x\ny\nz"),
    });
    fc.assert(
      fc.property(fc.nat(9), arbitrary, (line, { a, b, text }) => {
        const [start, end] = [a, b].sort((one, two) => one.line - two.line || one.character - two.character);
        assert.ok(start && end);
        const marked = Array.from({ length: 10 }, (_, i) => (i === line ? "mark" : "text"));
        const offset = ({ line: l, character }: { line: number; character: number }) => l * 5 + character;
        const whole = marked.join("\n");
        const after = whole.slice(0, offset(start)) + text + whole.slice(offset(end));
        const at = after.split("\n").findIndex((each) => each.endsWith("mark"));
        const touches = end.line > line || (end.line === line && end.character > 0);
        // What is typed at its very start counts as put below what is above it.
        if (start.line === line || (touches && start.line < line)) return;
        assert.equal(shiftLine(line, [{ range: { start, end }, text }]), at);
      }),
    );
  });
});
