import assert from "node:assert/strict";
import path from "node:path";
import { codex } from "../../../src/review/reviewers/codex";
import { startResponses } from "../../kit/models/responses";
import { ensureCodex } from "../../kit/provision/agents.mjs";
import { tempDir } from "../../kit/repo";
import { bug } from "../run/kit";
import { model, overheard, type Real, refusal, reviewHostile, token } from "./kit";

describe("Codex as a reviewer", () => {
  let real: Real;
  before(async function () {
    this.timeout(300_000);
    const shell = (cmd: string) => ({ name: "exec_command", input: { cmd, yield_time_ms: 2_000 } });
    real = {
      adapter: codex,
      program: await ensureCodex(),
      tries: {
        read: (file) => shell(`cat ${file}; env`),
        forbidden: (marker) => [shell(`touch ${marker}-shell`), shell("touch evil.txt")],
      },
      env: (url) => ({ OPENAI_BASE_URL: `${url}/v1`, CODEX_API_KEY: token }),
    };
  });

  it("reads, its commands write nothing, and obeys nothing of the branch", async () => {
    const marker = path.join(tempDir(), "done");
    const server = await startResponses(model(real, marker, (body) => body.includes("function_call_output")));
    const { outcome, steps, findings } = await reviewHostile(real, marker, server.url);
    await server.stop();
    assert.ok(outcome.ok, JSON.stringify(outcome));
    assert.deepEqual(findings, [bug.title]);
    assert.deepEqual(overheard(server.asked), []);
    assert.ok(steps.some((step) => /cat .*src\/cart\.ts/.test(step)));
    const [first, second] = server.asked;
    assert.equal(first?.authorization, `Bearer ${token}`);
    assert.match(first?.body ?? "", /export function total\(cart\)/);
    assert.match(first?.body ?? "", /"json_schema"/);
    assert.match(second?.body ?? "", /let sum = 0/);
    assert.match(second?.body ?? "", /Read-only file system|Permission denied|sandbox/i);
    assert.doesNotMatch(second?.body ?? "", new RegExp(token));
  });

  it("is honest about a refused key", async () => {
    const server = await startResponses(() => ({ status: 401, error: "no such key" }));
    const { outcome } = await reviewHostile(real, path.join(tempDir(), "done"), server.url);
    await server.stop();
    assert.equal(refusal(outcome), "reviewer-failed");
  });
});
