import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { openRepo } from "../../src/git/repo";
import { adjudicate } from "../../src/review/adjudicate";
import { importFindings } from "../../src/review/import";
import { readReview } from "../../src/review/review";
import { readRuns, readVerdicts } from "../../src/review/store";
import { TestRepo } from "../kit/repo";
import { finding } from "./make";

describe("adjudicating at once from several processes", () => {
  it("keeps every verdict exactly once", async () => {
    const { repo: git } = TestRepo.withOrigin();
    const lines = Array.from({ length: 500 }, (_, i) => `const value${i} = ${i};`);
    git.commit("values", { "src/values.ts": lines.join("\n") });
    const opened = await openRepo(git.dir);
    assert.ok(opened.ok);
    const repo = opened.value;
    const findings = lines.map((quote, i) => finding({ path: "src/values.ts", quote, title: `Value ${i}` }));
    const text = JSON.stringify({ schemaVersion: 1, findings });
    assert.ok((await importFindings(repo, { text, reviewer: "claude" })).ok);

    const child = path.join(__dirname, "adjudicateChild.ts");
    const shares = [0, 100, 200, 300, 400];
    const codes = await Promise.all(
      shares.map(async (from) => {
        const args = ["--import", "tsx", child, git.dir, String(from), String(from + 100)];
        return (await once(spawn(process.execPath, args, { stdio: "inherit" }), "exit"))[0];
      }),
    );
    assert.deepEqual(codes, [0, 0, 0, 0, 0]);

    const [run] = await readRuns(repo.commonDir);
    const said = (await readVerdicts(repo.commonDir)).map(
      ({ findingId, reason }) => `${findingId} ${reason}`,
    );
    const expected = (run?.findings ?? []).map(({ id }, i) => `${id} by ${Math.floor(i / 100) * 100}`);
    assert.deepEqual(said.sort(), expected.sort());
    const review = await readReview(repo, "HEAD");
    assert.ok(review.ok);
    assert.equal(review.value.counts.overruled, 500);
  });
});

describe("adjudicating faster than it is noted", () => {
  it("keeps the order in which it was said, also after one that was refused", async () => {
    const { repo: git } = TestRepo.withOrigin();
    git.commit("value", { "src/value.ts": "const value = 1;\n" });
    const opened = await openRepo(git.dir);
    assert.ok(opened.ok);
    const repo = opened.value;
    const findings = [finding({ path: "src/value.ts", quote: "const value = 1;" })];
    await importFindings(repo, { text: JSON.stringify({ schemaVersion: 1, findings }), reviewer: "claude" });
    const id = (await readRuns(repo.commonDir))[0]?.findings[0]?.id ?? "";
    const words = Array.from(
      { length: 12 },
      (_, i) => (["overrule", "reopen", "accept"] as const)[i % 3] ?? "accept",
    );
    const outcomes = await Promise.all(
      words.map((verdict, i) =>
        adjudicate(repo, { finding: id, verdict, reason: i === 3 ? null : `no. ${i}` }),
      ),
    );
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      words.map((_, i) => i !== 3),
    );
    assert.deepEqual(
      (await readVerdicts(repo.commonDir)).map(({ reason }) => reason),
      words.flatMap((_, i) => (i === 3 ? [] : [`no. ${i}`])),
    );
  });
});
