import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gemini } from "../../../src/review/reviewers/gemini";
import { startGemini } from "../../kit/models/gemini";
import { ensureGemini } from "../../kit/provision/agents.mjs";
import { tempDir } from "../../kit/repo";
import { bug } from "../run/kit";
import { model, overheard, type Real, refusal, reviewHostile, token } from "./kit";

describe("Gemini as a reviewer", () => {
  let real: Real;
  before(async function () {
    this.timeout(300_000);
    real = {
      adapter: gemini,
      program: await ensureGemini(),
      tries: {
        read: (file) => ({ name: "read_file", input: { file_path: file } }),
        forbidden: (marker) => [
          { name: "run_shell_command", input: { command: `touch ${marker}-shell` } },
          { name: "write_file", input: { file_path: `${marker}-write`, content: "x" } },
          { name: "read_file", input: { file_path: "/etc/passwd" } },
        ],
      },
      env: (url, home) => {
        // Without a chosen way to sign in it takes no address but Google's own.
        mkdirSync(path.join(home, ".gemini"));
        const settings = {
          security: { auth: { selectedType: "gemini-api-key" } },
          context: { fileName: ["AGENTS.md", "CLAUDE.md"] },
        };
        writeFileSync(path.join(home, ".gemini", "settings.json"), JSON.stringify(settings));
        return { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: token };
      },
    };
  });

  it("reads, writes and runs nothing, and obeys nothing of the branch", async () => {
    const marker = path.join(tempDir(), "done");
    const server = await startGemini(model(real, marker, (body) => body.includes('"functionResponse":{')));
    const { outcome, steps, findings } = await reviewHostile(real, marker, server.url);
    await server.stop();
    assert.ok(outcome.ok, JSON.stringify(outcome));
    assert.deepEqual(findings, [bug.title]);
    assert.deepEqual(overheard(server.asked), []);
    assert.equal(outcome.value.run.model, "gemini-test");
    assert.match(steps[0] ?? "", /^read_file .*src\/cart\.ts$/);
    const [first, second] = server.asked;
    assert.equal(first?.key, token);
    assert.match(first?.body ?? "", /export function total\(cart\)/);
    assert.match(second?.body ?? "", /let sum = 0/);
    assert.doesNotMatch(second?.body ?? "", /root:x:0/);
  });

  it("is honest about a refused key", async () => {
    const server = await startGemini(() => ({ status: 400, error: "API key not valid" }));
    const { outcome } = await reviewHostile(real, path.join(tempDir(), "done"), server.url);
    await server.stop();
    assert.equal(refusal(outcome), "reviewer-failed");
  });
});
