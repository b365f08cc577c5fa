import assert from "node:assert/strict";
import { openRepo } from "../../src/git/repo";
import { adjudicate } from "../../src/review/adjudicate";
import { importFindings } from "../../src/review/import";
import { readReview } from "../../src/review/review";
import { noteSelfCheck } from "../../src/store/selfChecks";
import type { TestRepo } from "../kit/repo";
import { judged } from "./judged";
import { change, kept, standing, story } from "./kept";

const floats = {
  message: "refactor: faster\n\nWaive-gate: conventions I know better",
  files: { "src/money.ts": "export function cents(euros: number): number {\n  return euros * 100;\n}\n" },
};

function finding(category: string, path: string, quote: string, severity = "major") {
  return { title: `A ${category} finding`, path, quote, category, severity };
}

const contradiction = finding(
  "conventions",
  "AGENTS.md",
  "- Money is made in `src/money.ts`, never with floats.",
);
const bug = finding("bug", "src/money.ts", "  return euros * 100;");

async function reviewed(repo: TestRepo, findings: readonly object[]) {
  const opened = await openRepo(repo.dir);
  assert.ok(opened.ok);
  const text = JSON.stringify({ schemaVersion: 1, findings });
  assert.ok((await importFindings(opened.value, { text, reviewer: "Codex" })).ok);
  return async (verdict: "accept" | "overrule") => {
    const review = await readReview(opened.value, "HEAD");
    assert.ok(review.ok);
    for (const { id } of review.value.findings)
      assert.ok((await adjudicate(opened.value, { finding: id, verdict, reason: "so it is" })).ok);
  };
}

describe("done, with a review", () => {
  it("a rule that the change contradicts is red at the rule, until a person overrules it", async () => {
    const repo = story([floats]);
    const decide = await reviewed(repo, [contradiction]);
    assert.deepEqual(standing(await judged(repo)), { "conventions fail": [["AGENTS.md", 4]] });
    await decide("accept");
    assert.deepEqual(standing(await judged(repo)), { "conventions fail": [["AGENTS.md", 4]] });
    await decide("overrule");
    assert.deepEqual(standing(await judged(repo)), {});
  });

  it("a finding of the code is for the review's own gate, until it is put right", async () => {
    const repo = story([floats]);
    const decide = await reviewed(repo, [bug]);
    assert.deepEqual(standing(await judged(repo)), { "review fail": [["src/money.ts", 2]] });
    await decide("accept");
    assert.deepEqual(standing(await judged(repo)), { "review fail": [["src/money.ts", 2]] });
    change(repo, { message: "fix: round", files: { "src/money.ts": kept["src/money.ts"] ?? "" } });
    assert.deepEqual(standing(await judged(repo)), {});
  });

  it("a nit that was accepted holds nobody up", async () => {
    const repo = story([floats]);
    const decide = await reviewed(repo, [{ ...bug, severity: "nit" }]);
    assert.deepEqual(standing(await judged(repo)), { "review fail": [["src/money.ts", 2]] });
    await decide("accept");
    assert.deepEqual(standing(await judged(repo)), {});
  });

  it("where one is required, none is unknown, and so is one of an older state", async () => {
    const repo = story([floats], { ".agent-foreman.json": '{"gates":{"review":{"required":true}}}' });
    assert.deepEqual(standing(await judged(repo)), { "review unknown": [] });
    await reviewed(repo, []);
    assert.deepEqual(standing(await judged(repo)), {});
    change(repo, { message: "docs: words", files: { "docs/words.md": "Words.\n" } });
    const document = await judged(repo);
    assert.deepEqual([standing(document), document.verdict], [{ "review unknown": [] }, "unknown"]);
  });

  it("tells how the project's own checks went on these very files", async () => {
    const repo = story([floats]);
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const tree = repo.git("rev-parse", "HEAD^{tree}");
    const note = (state: "passed" | "failed" | "missing") => {
      const part = {
        name: "lint",
        command: ["npm", "run", "lint"],
        state,
        exitCode: 0,
        durationMs: 1,
        tail: "",
      };
      return noteSelfCheck(opened.value.commonDir, tree, { at: "2026-01-01T00:00:00Z", parts: [part] });
    };
    await note("failed");
    assert.deepEqual(standing(await judged(repo)), { "checks fail": ["lint failed: npm run lint"] });
    await note("passed");
    assert.deepEqual(standing(await judged(repo)), {});
    await note("missing");
    assert.deepEqual(standing(await judged(repo)), {});
    change(repo, { message: "docs: words", files: { "docs/words.md": "Words.\n" } });
    const gate = (await judged(repo)).gates.find(({ id }) => id === "checks");
    assert.equal(gate?.message, "The project's own checks were not run here, and need not be.");
  });
});
