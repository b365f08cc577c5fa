import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { lastWords, type Models, startModels } from "./models";
import { claudeCode, claudeEnv } from "./models/claude";
import { tempDir } from "./repo";

describe("the models on loopback", () => {
  let models: Models;

  before(async function () {
    this.timeout(120_000);
    models = await startModels((question) =>
      lastWords(question).includes("tool_result")
        ? { text: "It says hello." }
        : { tools: [{ name: "Bash", input: { command: "echo hello", description: "greet" } }] },
    );
    await claudeCode();
  });
  after(() => models.stop());

  it("are asked by the real Claude Code, which does what they say", async () => {
    const dir = tempDir();
    const run = promisify(execFile)(
      await claudeCode(),
      ["-p", "--output-format", "json", "--allowedTools", "Bash(echo:*)", "--", "say hello"],
      { cwd: dir, env: claudeEnv(models.url, dir) },
    );
    run.child.stdin?.end();
    const { result, num_turns: turns } = JSON.parse((await run).stdout);
    assert.deepEqual({ result, turns }, { result: "It says hello.", turns: 2 });
    assert.match(lastWords(models.asked[0] ?? { model: "", messages: [] }), /say hello/);
  });
});
