import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { argumentsOf } from "../../src/agents/launch";
import { beginRun, noteProcess, noteWord, runsIn } from "../../src/agents/runs";
import { Sessions } from "../../src/agents/sessions";
import { handedTo } from "../../src/hooks/handed";
import { stateSettingsFile } from "../../src/hooks/home";
import type { AgentRun } from "../../src/model/agent";
import { runVariable } from "../../src/store/runFile";
import { until as untilFound } from "../journey/kit/until";
import { cli } from "../kit/cli";
import { lastWords, type Models, type Reply, startModels } from "../kit/models";
import { claudeCode, claudeEnv } from "../kit/models/claude";
import { type AgentSession, startClaude } from "../kit/models/session";
import { TestRepo, tempDir } from "../kit/repo";

// Its terminal is made by `script`, which Windows has none of.
(process.platform === "win32" ? () => {} : describe)("the real Claude Code, started in a worktree", () => {
  const { repo } = TestRepo.withOrigin();
  repo.git("worktree", "add", "-q", "-b", "agent/task", "../desk", "main");
  const desk = realpathSync(path.join(repo.dir, "..", "desk"));
  const commonDir = path.join(repo.dir, ".git");
  const home = tempDir();
  let models: Models;
  let session: AgentSession | undefined;
  /** Lets the model say what it holds back. */
  let say: (reply: Reply) => void = () => {};

  before(async function () {
    this.timeout(120_000);
    await claudeCode();
    models = await startModels(() => new Promise((resolve) => (say = resolve)));
    assert.equal(cli(repo.dir, "hooks", "install", "--state").exitCode, 0);
  });
  after(async () => {
    session?.stop();
    await models?.stop();
  });

  async function start(task: string): Promise<string> {
    const id = await beginRun(commonDir, "claude", desk);
    session = await startClaude(models.url, {
      home,
      cwd: desk,
      args: argumentsOf("claude", task, handedTo("claude", commonDir)?.args),
      env: { [runVariable]: id },
    });
    await noteProcess(commonDir, id, session.pid);
    return id;
  }

  it("is seen to work, to wait for a person, to be idle and to be gone, as it really happens", async () => {
    const asked = models.asked.length;
    const id = await start(
      "Make a file. It's \"$(touch injected)\" & `touch injected`; \\ 'quoted'\nand done",
    );
    const seen = [await becomes("working")];
    await until(() => models.asked.length > asked);
    assert.match(
      lastWords(models.asked.at(-1) ?? { model: "", messages: [] }),
      /touch injected.*quoted'\\nand done/,
    );
    say({ tools: [{ name: "Bash", input: { command: "touch made && sleep 1", description: "make it" } }] });
    seen.push(await becomes("waiting"));
    assert.ok(!existsSync(path.join(desk, "made")));
    assert.equal((await listed())?.state, "waiting", "its own list says so too");

    session?.type("\r");
    seen.push(await becomes("working"));
    await until(() => models.asked.length > asked + 1);
    assert.ok(existsSync(path.join(desk, "made")));
    say({ text: "It is made." });
    seen.push(await becomes("idle"));

    // It wants to hear Ctrl-D twice, not too quickly.
    seen.push(await becomes("gone", () => session?.type("\x04")));
    assert.deepEqual([...new Set(seen.map((run) => `${run.id} ${run.agent}`))], [`${id} claude`]);
    assert.deepEqual(readdirSync(desk).sort(), [".git", "made", "readme.md"]);
  });

  it("is seen to be interrupted by its own list, of which no hook tells", async () => {
    const asked = models.asked.length;
    await start("Think");
    await until(() => models.asked.length > asked);
    assert.equal((await becomes("working")).state, "working");
    session?.type("\x1b");
    await until(async () => (await listed())?.state === "idle");
    assert.equal((await now())?.state, "working", "the hooks alone do not tell");
  });

  it("is gone when its process dies without a word", async () => {
    session?.stop();
    await becomes("gone");
  });

  it("is not shown any more when a person clears it, until it speaks again", async () => {
    const asked = models.asked.length;
    const id = await start("Think again");
    await until(() => models.asked.length > asked);
    await becomes("working");
    await noteWord(commonDir, id, "cleared");
    assert.equal(await now(), undefined);
    say({ text: "Thought." });
    await becomes("idle");
    session?.stop();
  });

  it("notes nothing of a session that was not started from here", async () => {
    const before = readdirSync(path.join(commonDir, "agent-foreman"));
    const asked = models.asked.length;
    const args = ["-p", "--settings", stateSettingsFile(commonDir), "--", "say hello"];
    const run = promisify(execFile)(await claudeCode(), args, {
      cwd: desk,
      env: claudeEnv(models.url, home),
    });
    run.child.stdin?.end();
    await until(() => models.asked.length > asked);
    say({ text: "Hello." });
    assert.equal((await run).stdout.trim(), "Hello.");
    assert.deepEqual(readdirSync(path.join(commonDir, "agent-foreman")), before);
  });

  async function now(sessions = Sessions.none): Promise<AgentRun | undefined> {
    return (await runsIn(commonDir, [{ path: desk, since: null }], sessions)).get(desk);
  }

  function until(
    isSo: () => boolean | Promise<boolean>,
    complaint = () => "that never happened",
  ): Promise<true> {
    return untilFound(async () => (await isSo()) || undefined, complaint);
  }

  async function becomes(state: AgentRun["state"], press = () => {}): Promise<AgentRun> {
    let run: AgentRun | undefined;
    await until(
      async () => {
        press();
        run = await now();
        return run?.state === state;
      },
      () => `it is ${run?.state}, not ${state}.${session?.account}`,
    );
    return run as AgentRun;
  }

  /** Asked with the home of these tests, where its sessions are noted. */
  async function listed(): Promise<AgentRun | undefined> {
    const text = execFileSync(await claudeCode(), ["agents", "--json"], {
      env: claudeEnv(models.url, home),
      encoding: "utf8",
    });
    return now(Sessions.parse(text, new Date(Date.now() + 2_000).toISOString()) ?? Sessions.none);
  }
});
