import assert from "node:assert/strict";
import path from "node:path";
import { copilot } from "../../../src/review/reviewers/copilot";
import { startModels } from "../../kit/models";
import { ensureCopilot } from "../../kit/provision/agents.mjs";
import { tempDir } from "../../kit/repo";
import { bug } from "../run/kit";
import { model, overheard, type Real, refusal, reviewHostile, token } from "./kit";

// Its own service cannot be stood in for; a model of the person's own, which it can be pointed at, is asked instead.
describe("GitHub Copilot as a reviewer, with a model of one's own", () => {
  let real: Real;
  before(async function () {
    this.timeout(300_000);
    real = {
      adapter: copilot,
      program: await ensureCopilot(),
      tries: {
        read: (file) => ({ name: "view", input: { path: file } }),
        forbidden: (marker) => [
          { name: "bash", input: { command: `touch ${marker}-shell`, description: "x" } },
          { name: "create", input: { path: `${marker}-write`, file_text: "x" } },
          { name: "view", input: { path: "/etc/passwd" } },
        ],
      },
      env: (url) => ({
        COPILOT_PROVIDER_BASE_URL: url,
        COPILOT_PROVIDER_TYPE: "anthropic",
        COPILOT_PROVIDER_API_KEY: token,
        COPILOT_MODEL: "claude-sonnet-4",
        COPILOT_OFFLINE: "true",
      }),
    };
  });

  it("reads, writes and runs nothing, and obeys nothing of the branch", async () => {
    const marker = path.join(tempDir(), "done");
    const say = model(real, marker, (question) => question.includes("tool_result"));
    const models = await startModels((question) => say(JSON.stringify(question.messages)));
    const { outcome, steps, findings } = await reviewHostile(real, marker, models.url);
    await models.stop();
    assert.ok(outcome.ok, JSON.stringify(outcome));
    assert.deepEqual(findings, [bug.title]);
    assert.deepEqual(overheard(models.asked), []);
    assert.equal(outcome.value.run.model, "claude-sonnet-4");
    assert.match(steps[0] ?? "", /^view .*src\/cart\.ts$/);
    const [first, second] = models.asked;
    assert.deepEqual(first?.tools?.map(({ name }) => name).sort(), ["glob", "grep", "view"]);
    assert.match(JSON.stringify(first?.messages), /export function total\(cart\)/);
    assert.match(JSON.stringify(second?.messages), /let sum = 0/);
    assert.doesNotMatch(JSON.stringify(second?.messages), /root:x:0/);
  });

  it("is honest about a refusal of the provider", async () => {
    const models = await startModels(() => ({ status: 400, error: "invalid_request_error" }));
    const { outcome } = await reviewHostile(real, path.join(tempDir(), "done"), models.url);
    await models.stop();
    assert.equal(refusal(outcome), "reviewer-failed");
  });
});
