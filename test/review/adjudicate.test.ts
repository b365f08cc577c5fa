import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { openRepo } from "../../src/git/repo";
import { adjudicate } from "../../src/review/adjudicate";
import { importFindings } from "../../src/review/import";
import { readReview } from "../../src/review/review";
import { readRuns, readVerdicts } from "../../src/review/store";
import { cliBeside, cliFile } from "../kit/cli";
import { TestRepo } from "../kit/repo";
import { finding } from "./make";

describe("adjudicating at once from two windows and three command lines", () => {
  it("keeps every verdict exactly once", async function () {
    // Two thousand processes, on a machine that has other tests to run.
    this.timeout(240_000);
    const { repo: git } = TestRepo.withOrigin();
    const lines = Array.from({ length: 500 }, (_, i) => `const value${i} = ${i};`);
    git.commit("values", { "src/values.ts": lines.join("\n") });
    const opened = await openRepo(git.dir);
    assert.ok(opened.ok);
    const repo = opened.value;
    const findings = lines.map((quote, i) => finding({ path: "src/values.ts", quote, title: `Value ${i}` }));
    const text = JSON.stringify({ schemaVersion: 1, findings });
    assert.ok((await importFindings(repo, { text, reviewer: "claude" })).ok);

    const window = async (from: number, to: number): Promise<number> => {
      const child = path.join(__dirname, "adjudicateChild.ts");
      const args = ["--import", "tsx", child, git.dir, String(from), String(to)];
      return (await once(spawn(process.execPath, args, { stdio: "inherit" }), "exit"))[0];
    };
    const commandLine = async (from: number, to: number): Promise<number> => {
      const [{ findings } = { findings: [] }] = await readRuns(repo.commonDir);
      for (const { id } of findings.slice(from, to)) {
        const said = ["adjudicate", id, "overrule", "--reason", `by ${from}`];
        const { exitCode } = await cliBeside({}, git.dir, ...said);
        if (exitCode !== 0) return exitCode ?? 1;
      }
      return 0;
    };
    cliFile();
    const codes = await Promise.all([
      window(0, 220),
      window(220, 440),
      commandLine(440, 460),
      commandLine(460, 480),
      commandLine(480, 500),
    ]);
    assert.deepEqual(codes, [0, 0, 0, 0, 0]);

    const [run] = await readRuns(repo.commonDir);
    const said = (await readVerdicts(repo.commonDir)).map(
      ({ findingId, reason }) => `${findingId} ${reason}`,
    );
    const starts = [0, 220, 440, 460, 480];
    const expected = (run?.findings ?? []).map(
      ({ id }, i) => `${id} by ${starts.findLast((start) => start <= i)}`,
    );
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
