import assert from "node:assert/strict";
import type { Category } from "../../src/model/finding";
import { likeness, meansTheSame } from "../../src/review/same";

type Said = readonly [lines: readonly [number, number], category: Category, title: string, scenario?: string];

function same(one: Said, other: Said): boolean {
  const [a, b] = [one, other].map(([[startLine, endLine], category, title, failureScenario = ""]) => ({
    anchor: { path: "src/a.ts", startLine, endLine, how: "exact" as const },
    side: "RIGHT" as const,
    category,
    title,
    failureScenario,
  }));
  if (!a || !b) throw new Error("two are compared");
  assert.equal(meansTheSame(a, b), meansTheSame(b, a), "the order must not matter");
  return meansTheSame(a, b);
}

/** The same defect, as two reviewers put it. */
const raisedAgain: readonly (readonly [Said, Said])[] = [
  [
    [[12, 12], "bug", "Possible null dereference of user"],
    [[11, 13], "bug", "user may be null here and is dereferenced"],
  ],
  [
    [[12, 12], "bug", "Off-by-one in the loop bound", "items of length 3: the last one is skipped"],
    [[12, 16], "bug", "Loop skips the last item", "with 3 items the loop bound stops at 2"],
  ],
  [
    [[5, 6], "bug", "Unescaped name in the SQL query"],
    [[5, 5], "security", "SQL injection: name is not escaped in the query"],
  ],
  [
    [[40, 42], "bug", "File handle leaks when parsing throws"],
    [[41, 41], "debt", "The file handle is never closed if parse throws"],
  ],
  [
    [[7, 7], "bug", "Race between check and write"],
    [[7, 8], "bug", "TOCTOU problem: another process can create it first"],
  ],
  [
    [[20, 22], "test", "No test covers the empty list"],
    [[20, 23], "test", "Missing coverage: empty input"],
  ],
  [
    [[3, 3], "regression", "The CSV export button is gone", "open Reports: no Export button"],
    [[1, 5], "bug", "Export button removed", "Reports page has no CSV export button any more"],
  ],
  [
    [[9, 9], "conventions", "console.log left in"],
    [[9, 9], "debt", "Debug output left behind (console.log)"],
  ],
];

/** Two defects in the same lines: a person must see both. */
const different: readonly (readonly [Said, Said])[] = [
  [
    [[12, 12], "bug", "Possible null dereference of user"],
    [[10, 14], "bug", "The retry loop never ends when the server answers 503"],
  ],
  [
    [[5, 5], "bug", "The name is shown in upper case"],
    [[5, 5], "security", "SQL injection through the sort column"],
  ],
  [
    [[12, 13], "bug", "Off-by-one in the loop bound"],
    [[14, 15], "bug", "Off-by-one in the loop bound"],
  ],
  [
    [[1, 5], "docs", "README does not mention the flag"],
    [[2, 2], "bug", "The flag is ignored when it is given twice"],
  ],
  [
    [[30, 34], "bug", "Timeout is in seconds, the callee wants milliseconds"],
    [[32, 32], "bug", "The error of fetch is swallowed"],
  ],
  [
    [[8, 8], "security", "Token is written to the log"],
    [[8, 8], "test", "Nothing tests the retry"],
  ],
  [
    [[8, 8], "bug", "Wrong"],
    [[8, 8], "debt", "Wrong"],
  ],
];

describe("whether a finding was raised before, in other words", () => {
  it("is seen where it is the same defect", () => {
    for (const [one, other] of raisedAgain) assert.ok(same(one, other), `${one[2]} / ${other[2]}`);
  });

  it("is not assumed where another defect is meant in the same lines", () => {
    for (const [one, other] of different) assert.ok(!same(one, other), `${one[2]} / ${other[2]}`);
  });

  it("goes by the words that tell something", () => {
    assert.equal(likeness("the user is null", "user may be NULL"), 2 / 3);
    assert.equal(likeness("", "anything"), 0);
  });
});
