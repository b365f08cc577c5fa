import assert from "node:assert/strict";
import path from "node:path";
import { claude } from "../../../src/review/reviewers/claude";
import { lastWords, type Question, type Reply, startModels } from "../../kit/models";
import { ensureClaude } from "../../kit/provision/agents.mjs";
import { tempDir } from "../../kit/repo";
import { answer, bug } from "../run/kit";
import { model, overheard, type Real, refusal, reviewHostile, token } from "./kit";

describe("Claude Code as a reviewer", () => {
  let real: Real;
  before(async function () {
    this.timeout(300_000);
    real = {
      adapter: claude,
      program: await ensureClaude(),
      tries: {
        read: (file) => ({ name: "Read", input: { file_path: file } }),
        forbidden: (marker) => [
          { name: "Bash", input: { command: `touch ${marker}-bash`, description: "x" } },
          { name: "Write", input: { file_path: `${marker}-write`, content: "x" } },
          { name: "Read", input: { file_path: "/etc/passwd" } },
        ],
      },
      env: (url) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_AUTH_TOKEN: token }),
    };
  });

  it("reads, writes and runs nothing, obeys nothing of the branch, and its answer is held to the schema", async () => {
    const marker = path.join(tempDir(), "done");
    const say = model(real, marker, (question) => question.includes("tool_result"));
    const models = await startModels((question: Question): Reply => {
      const reply = say(JSON.stringify(question.messages));
      if ("status" in reply || reply.tools) return reply;
      return { tools: [{ name: "StructuredOutput", input: answer(bug) }] };
    });
    const { outcome, steps, findings } = await reviewHostile(real, marker, models.url);
    await models.stop();
    assert.ok(outcome.ok, JSON.stringify(outcome));
    assert.deepEqual(findings, [bug.title]);
    assert.deepEqual(overheard(models.asked), []);
    const { reviewer, costUsd, model: name } = outcome.value.run;
    assert.equal(reviewer, "Claude Code");
    assert.ok(costUsd !== null && costUsd !== undefined && costUsd > 0);
    assert.match(name ?? "", /^claude-/);
    assert.match(steps[0] ?? "", /^Read .*src\/cart\.ts$/);
    const [first] = models.asked;
    assert.equal(first?.authorization, `Bearer ${token}`);
    const tools = first?.tools?.map((tool) => tool.name).filter((tool) => tool !== "DeferredToolPlaceholder");
    assert.deepEqual(tools?.sort(), ["Glob", "Grep", "Read", "StructuredOutput"]);
    assert.match(lastWords(first ?? { model: "", messages: [] }), /export function total\(cart\)/);
    assert.match(lastWords(models.asked[1] ?? { model: "", messages: [] }), /let sum = 0/);
  });

  it("is honest about a refusal of the provider and a spent budget", async () => {
    const marker = path.join(tempDir(), "done");
    const refusing = await startModels(() => ({ status: 400, error: "invalid_request_error" }));
    assert.equal(refusal((await reviewHostile(real, marker, refusing.url)).outcome), "reviewer-failed");
    await refusing.stop();
    const dear = await startModels((question) => ({
      tools: [
        real.tries.read(/clean checkout of \w+ is in ([^\s"\\]+?)\. /.exec(lastWords(question))?.[1] ?? "/"),
      ],
    }));
    const limits = { timeoutMs: 60_000, maxCostUsd: 0.000_1 };
    assert.equal(
      refusal((await reviewHostile(real, marker, dear.url, { limits })).outcome),
      "reviewer-limited",
    );
    await dear.stop();
  });

  it("ends when it is cancelled", async () => {
    const stop = new AbortController();
    const models = await startModels(() => {
      stop.abort();
      return new Promise(() => {});
    });
    const marker = path.join(tempDir(), "done");
    const { outcome } = await reviewHostile(real, marker, models.url, { signal: stop.signal });
    assert.equal(refusal(outcome), "cancelled");
    await models.stop();
  });
});
