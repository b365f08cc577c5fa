import assert from "node:assert/strict";
import { FileText, findQuote } from "../../src/review/anchor";

const file = new FileText(
  [
    "function first(a, b) {", // 1
    "  const sum = a + b;",
    "  return sum;",
    "}",
    "",
    "function second(a, b) {", // 6
    "  const sum = a * b;",
    "  return sum;",
    "}",
    "call(one,", // 10
    "  two);",
    "const summary = returnsum;",
  ].join("\r\n"),
);

function lines(quote: string, line: number | null = null, symbol?: string | null) {
  const place = findQuote(file, quote, symbol === undefined ? { line } : { line, symbol });
  return place && [place.startLine, place.endLine, place.how];
}

describe("where a quote is", () => {
  it("finds it as it is written, whatever the line ends", () => {
    assert.deepEqual(lines("  const sum = a + b;\n  return sum;"), [2, 3, "exact"]);
    assert.deepEqual(lines("const sum = a * b;"), [7, 7, "exact"]);
  });

  it("finds it when only white space differs", () => {
    assert.deepEqual(lines("call( one, two );"), [10, 11, "whitespace"]);
    assert.deepEqual(lines("const sum=a+b;\nreturn   sum;"), [2, 3, "whitespace"]);
  });

  it("takes the nearest of several, those in the same symbol first", () => {
    assert.deepEqual(lines("return sum;", 4), [3, 3, "exact"]);
    assert.deepEqual(lines("return sum;", 7), [8, 8, "exact"]);
    assert.deepEqual(lines("return sum;", 2, "second"), [8, 8, "exact"]);
    assert.deepEqual(lines("return sum;", 7, "gone"), [8, 8, "exact"]);
  });

  it("never guesses", () => {
    assert.equal(lines("return sum;"), null);
    assert.equal(lines("return total;", 3), null);
    assert.equal(lines("  \n ", 3), null);
    assert.equal(lines("turn sum", 3), null, "a quote that begins inside a word");
    assert.equal(findQuote(new FileText("a ".repeat(5000)), "a", { line: 1 }), null);
  });

  it("reads a line of a megabyte without waiting", () => {
    const long = new FileText(`${"x".repeat(1 << 20)}\n  return sum ;\n`);
    assert.deepEqual(findQuote(long, "return sum;", { line: 9 }), {
      startLine: 2,
      endLine: 2,
      how: "whitespace",
    });
  });
});
