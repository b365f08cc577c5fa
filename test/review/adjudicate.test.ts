import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { openRepo } from "../../src/git/repo";
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
