import assert from "node:assert/strict";
import type { JudgedFinding, StoredFinding, Verdict } from "../../src/model/verdict";
import { FileText } from "../../src/review/anchor";
import { judge } from "../../src/review/status";
import { head, stored, verdict } from "./make";

const code = "function total() {\n  const sum = add();\n  return sum;\n}\n";
const one = "1".repeat(16);
const two = "2".repeat(16);
const overruled = verdict({ verdict: "overrule", reason: "intended" });

interface Given {
  readonly raised?: readonly StoredFinding[];
  readonly earlier?: readonly StoredFinding[];
  readonly verdicts?: readonly Verdict[];
  readonly files?: Readonly<Record<string, string>>;
  readonly renamed?: Readonly<Record<string, string>>;
}

function judged(given: Given): JudgedFinding[] {
  const {
    raised = [stored()],
    earlier = [],
    verdicts = [],
    files = { "src/cart.ts": code },
    renamed = {},
  } = given;
  return judge({
    head,
    raised,
    known: [...earlier, ...raised],
    verdicts,
    pathNow: ({ path }) => renamed[path] ?? path,
    fileAt: (path) => (files[path] === undefined ? null : new FileText(files[path])),
  });
}

function status(given: Given): unknown {
  const [first] = judged(given);
  return first && [first.status, first.anchor?.startLine ?? null];
}

const changed = { "src/cart.ts": code.replace("return sum", "return sum + 1") };

describe("what became of a finding", () => {
  it("follows the last verdict", () => {
    assert.deepEqual(status({}), ["open", 3]);
    assert.deepEqual(status({ verdicts: [verdict()] }), ["accepted", 3]);
    assert.deepEqual(status({ verdicts: [verdict(), overruled] }), ["overruled", 3]);
    assert.deepEqual(status({ verdicts: [overruled, verdict({ verdict: "reopen" })] }), ["open", 3]);
    assert.deepEqual(status({ verdicts: [verdict({ findingId: two })] }), ["open", 3]);
  });

  it("moves with its lines and its file", () => {
    assert.deepEqual(status({ files: { "src/cart.ts": `//\n//\n${code}` } }), ["open", 5]);
    const renamed = { files: { "src/basket.ts": code }, renamed: { "src/cart.ts": "src/basket.ts" } };
    assert.deepEqual(status(renamed), ["open", 3]);
    assert.equal(judged(renamed)[0]?.anchor?.path, "src/basket.ts");
  });

  it("is fixed when the code it was accepted for changed, outdated when nobody had accepted it", () => {
    assert.deepEqual(status({ files: changed, verdicts: [verdict()] }), ["fixed", null]);
    assert.deepEqual(status({ files: changed }), ["outdated", null]);
    assert.deepEqual(status({ files: changed, verdicts: [overruled] }), ["outdated", null]);
    assert.deepEqual(status({ files: {}, verdicts: [verdict()] }), ["fixed", null]);
  });

  it("stays open without a line when its quote was never in the file", () => {
    const raised = [stored({ quote: "return everything;", found: false })];
    assert.deepEqual(status({ raised }), ["open", null]);
    assert.deepEqual(status({ raised, verdicts: [overruled] }), ["overruled", null]);
  });

  it("about a whole file lasts as long as the file", () => {
    const raised = [stored({ quote: null })];
    assert.deepEqual(status({ raised }), ["open", null]);
    assert.deepEqual(status({ raised, files: {} }), ["outdated", null]);
    assert.deepEqual(status({ raised: [stored({ quote: null, found: false })], files: {} }), ["open", null]);
  });

  it("about code that was taken away is settled by its return", () => {
    const raised = [stored({ side: "LEFT", quote: "checkStock();", found: false })];
    const restored = { "src/cart.ts": `${code}checkStock();\n` };
    assert.deepEqual(status({ raised }), ["open", null]);
    assert.deepEqual(status({ raised, files: restored, verdicts: [verdict()] }), ["fixed", null]);
    assert.deepEqual(status({ raised, files: restored }), ["outdated", null]);
  });

  it("shows the newest wording whose quote is there, and who raised it", () => {
    const again = stored({ title: "Other words", reviewer: "codex", runId: "run-2" });
    const [only, ...others] = judged({ raised: [stored(), again] });
    assert.deepEqual(
      [others, only?.title, only?.raised, only?.reviewers],
      [[], "Other words", 2, ["claude", "codex"]],
    );
  });
});

describe("an overruled finding", () => {
  const again = stored({
    id: two,
    runId: "run-2",
    quote: "  const sum = add();\n  return sum;",
    title: "Discount is not part of the total",
  });
  const given = { earlier: [stored()], raised: [again], verdicts: [overruled] };

  it("raised again in other words on the same code comes back overruled, with its reason", () => {
    const [only] = judged(given);
    assert.deepEqual(
      [only?.status, only?.decision, only?.inheritedFrom, only?.title],
      ["overruled", overruled, one, "Discount is not part of the total"],
    );
  });

  it("reopens when the quoted code changed", () => {
    const quoteNow = "return sum + 1;";
    const raised = [stored({ id: two, runId: "run-2", quote: quoteNow })];
    assert.deepEqual(status({ ...given, raised, files: changed }), ["open", 3]);
    assert.deepEqual(
      status({ ...given, raised: [{ ...again, quote: "const sum = add();" }], files: changed }),
      ["open", 2],
    );
  });

  it("does not speak for another defect, another file, or once a person said otherwise", () => {
    const other = { ...again, category: "security", title: "Prices are read from the client" } as const;
    assert.deepEqual(status({ ...given, raised: [other] }), ["open", 2]);
    const files = { "src/cart.ts": code, "src/other.ts": code };
    assert.deepEqual(status({ ...given, files, raised: [{ ...again, path: "src/other.ts" }] }), ["open", 2]);
    const reopened = [overruled, verdict({ findingId: two, verdict: "reopen" })];
    assert.deepEqual(status({ ...given, verdicts: reopened }), ["open", 2]);
    const withdrawn = [overruled, verdict({ verdict: "reopen" })];
    assert.deepEqual(status({ ...given, verdicts: withdrawn }), ["open", 2]);
  });

  it("never makes another one accepted", () => {
    assert.deepEqual(status({ ...given, verdicts: [verdict()] }), ["open", 2]);
  });
});
