import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { beginRun } from "../../src/agents/runs";
import { stateAfter } from "../../src/agents/state";
import { handedTo } from "../../src/hooks/handed";
import { scriptVariable } from "../../src/hooks/state";
import { readRuns } from "../../src/store/agentRuns";
import { runVariable } from "../../src/store/runFile";
import { cli, cliJson } from "../kit/cli";
import { TestRepo } from "../kit/repo";

describe("the hooks that tell what agents do", () => {
  const { repo } = TestRepo.withOrigin();
  const commonDir = path.join(repo.dir, ".git");
  const notes = path.join(commonDir, "agent-foreman");
  const script = path.join(notes, "hooks", "state");
  const call = (command: string, run: string | null) =>
    spawnSync("sh", ["-c", command], {
      input: '{"session_id":"1","prompt":"$(touch injected)"}',
      encoding: "utf8",
      cwd: repo.dir,
      env: { ...process.env, [scriptVariable]: script, ...(run === null ? {} : { [runVariable]: run }) },
    });
  /** What each agent's hooks run, out of what the agent is handed. */
  const commands = (): string[] =>
    ["claude", "codex", "copilot", "gemini"].flatMap((agent) => {
      const { text } = handedTo(agent, commonDir) ?? assert.fail(agent);
      const found = [...text.matchAll(/"?(?:command|bash)"?[=:] ?("\[(?:\\.|[^"\\])*")/g)].map(([, each]) =>
        JSON.parse(each ?? ""),
      );
      assert.ok(found.length >= 7, agent);
      return found;
    });

  it("are written where nobody's settings are, and only when somebody asks for them", () => {
    const { state } = cliJson<{ state: unknown }>("hooks", repo.dir, "hooks", "status");
    assert.deepEqual(state, { installed: false, file: null });
    const installed = cliJson<{ state: unknown }>("hooks", repo.dir, "hooks", "install", "--state");
    assert.deepEqual(installed.state, { installed: true, file: path.join(notes, "hooks", "state.json") });
    assert.deepEqual(readdirSync(repo.dir).sort(), [".git", "readme.md"]);
    assert.ok(!existsSync(path.join(commonDir, "hooks", "pre-push")));
  });

  it("note each word of a run that was started from here, without a sound", async () => {
    const id = await beginRun(commonDir, "claude", repo.dir);
    for (const command of commands()) {
      const { status, stdout, stderr } = call(command, id);
      assert.deepEqual([status, stdout, stderr], [0, "", ""], command);
      const [run] = await readRuns(commonDir);
      assert.ok(run?.last?.event === "hook" && stateAfter(run.last.hook) !== "unknown", command);
    }
    assert.ok(commands().length >= 34);
    assert.deepEqual(readdirSync(repo.dir).sort(), [".git", "readme.md"]);
  });

  it("do nothing in any other session", () => {
    const before = readdirSync(notes).sort();
    for (const run of [null, "", "../../evil", "no-such-run", "a b", "$(touch injected)"])
      for (const command of commands().filter((_, i) => i % 8 === 0)) {
        const { status, stdout, stderr } = call(command, run);
        assert.deepEqual([status, stdout, stderr], [0, "", ""], String(run));
      }
    assert.deepEqual(readdirSync(notes).sort(), before);
    assert.deepEqual(readdirSync(repo.dir).sort(), [".git", "readme.md"]);
  });

  it("are gone when they are removed, and an agent that still calls them goes on", () => {
    assert.equal(cli(repo.dir, "hooks", "remove", "--state").exitCode, 0);
    assert.ok(!existsSync(path.join(notes, "hooks")));
    for (const command of commands()) assert.equal(call(command, "1").status, 0);
  });
});
