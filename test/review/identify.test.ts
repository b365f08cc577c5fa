import assert from "node:assert/strict";
import type { Finding } from "../../src/model/finding";
import { FileText } from "../../src/review/anchor";
import { identify } from "../../src/review/identify";
import { finding, stored } from "./make";

const before = "function total(cart) {\n  let sum = 0;\n  return sum - cart.discount;\n}\n";
const moved = `// a new comment\nconst more = 1;\n\n${before.replaceAll("  ", "\t")}`;

function ids(text: string, ...findings: Partial<Finding>[]): string[] {
  const file = new FileText(text);
  return identify(
    findings.map((each) => finding({ quote: "return sum - cart.discount;", ...each })),
    (path) => (path === "src/cart.ts" ? file : null),
    [],
  ).map(({ id }) => id);
}

describe("a finding's id", () => {
  const [id] = ids(before, {});

  it("stays when lines move, spaces change, words change, or the reviewer counts badly", () => {
    assert.match(id ?? "", /^[0-9a-f]{16}$/);
    assert.deepEqual(ids(moved, { startLine: 40 }), [id]);
    assert.deepEqual(ids(before, { title: "Other words", body: "…", severity: "nit", confidence: 0.1 }), [
      id,
    ]);
    assert.deepEqual(ids(before, { quote: "return sum - cart.discount" }), [id], "half of the line");
    assert.deepEqual(ids(before, { quote: "  return sum\n   - cart.discount;" }), [id]);
  });

  it("changes with the file, the category, the symbol and the code", () => {
    const others = [
      ...ids(before, { category: "security" }),
      ...ids(before, { path: "src/other.ts" }),
      ...ids(before, { quote: "let sum = 0;" }),
      ...ids(before.replace("total", "price"), {}),
      ...ids(before.replace("- cart", "+ cart"), { quote: "return sum + cart.discount;" }),
    ];
    assert.equal(new Set([id, ...others]).size, 6);
  });

  it("says whether the quote was there, and at which lines", () => {
    const file = new FileText(before);
    const found = identify(
      [finding({ quote: "let sum = 0;", startLine: 9 }), finding({ quote: "let sum = 1;", startLine: 9 })],
      () => file,
      [],
    );
    assert.deepEqual(
      found.map((each) => [each.found, each.startLine, each.symbol]),
      [
        [true, 2, "total"],
        [false, 9, null],
      ],
    );
  });

  it("tells two defects in the same code apart, and takes the same words twice as one", () => {
    const one = { title: "The discount may be larger than the sum" };
    const two = { title: "A missing cart throws" };
    const both = ids(before, one, two, one);
    assert.equal(both.length, 2);
    assert.equal(both[0], id);
    const file = new FileText(before);
    const known = [one, two].map((words, i) => stored({ ...words, id: both[i] ?? "" }));
    const again = (...words: Partial<Finding>[]) =>
      identify(
        words.map((each) => finding({ quote: "return sum - cart.discount;", ...each })),
        () => file,
        known,
      ).map((each) => [each.title, both.indexOf(each.id)]);
    assert.deepEqual(again({ title: "Throws when the cart is missing" }), [
      ["Throws when the cart is missing", 1],
    ]);
    assert.deepEqual(
      again({ title: "Throws for a missing cart" }, { title: "A discount larger than the sum" }),
      [
        ["A discount larger than the sum", 0],
        ["Throws for a missing cart", 1],
      ],
    );
  });
});
