import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { argumentsOf, ownArguments, planLaunch } from "../../src/agents/launch";
import { shimTarget } from "../../src/agents/shim";
import { tempDir } from "../kit/repo";

describe("starting an agent", () => {
  it("hands the task over as an argument of its own, as each program takes one", () => {
    const task = "--help me; rm -rf ~";
    assert.deepEqual(argumentsOf("claude", task, ["--settings", "/notes/state.json"]), [
      "--settings",
      "/notes/state.json",
      "--",
      task,
    ]);
    assert.deepEqual(argumentsOf("codex", task, ["-c", "x"]), ["-c", "x", "--", task]);
    assert.deepEqual(argumentsOf("copilot", task), [`--interactive=${task}`]);
    assert.deepEqual(argumentsOf("gemini", task), [`--prompt-interactive=${task}`]);
    assert.deepEqual(argumentsOf("claude", "mcp"), ["--", " mcp"], "a task, not a command of the program");
    for (const none of [null, "", " \n"]) assert.deepEqual(argumentsOf("gemini", none), []);
  });

  it("puts it where the person's own command has a place for it, else last", () => {
    assert.deepEqual(ownArguments(["--task={task}", "-v"], "a $& b"), ["--task=a $& b", "-v"]);
    assert.deepEqual(ownArguments(["-v"], "a b"), ["-v", "a b"]);
    assert.deepEqual(ownArguments(["--task={task}", "-v"], null), ["-v"]);
  });

  it("finds the program by its name or its path, and says where there is none", async () => {
    const dir = tempDir();
    const file = path.join(dir, process.platform === "win32" ? "mine.exe" : "mine");
    writeFileSync(file, "#!/bin/sh\n");
    chmodSync(file, 0o755);
    assert.deepEqual(await planLaunch({ command: [file, "-x"] }, "do it"), {
      ok: true,
      value: { file, args: ["-x", "do it"] },
    });
    const codes = [];
    for (const command of [[], ["no-such-program"], ["./mine"], [path.join(dir, "none")]]) {
      const plan = await planLaunch({ command }, null);
      codes.push(plan.ok ? "" : plan.refusal.code);
    }
    assert.deepEqual([...new Set(codes)], ["no-program"]);
    const long = await planLaunch({ command: [file] }, "x".repeat(30_001));
    assert.equal(long.ok ? "" : long.refusal.code, "task-too-long");
  });

  it("comes to the program as it was typed, whatever is in it", async () => {
    const task = "a \"b\" 'c' $(touch x) `touch x` \\ %PATH% ^& | > y\nüñ 🚀";
    const program = ["-e", "process.stdout.write(JSON.stringify(process.argv.slice(1)))", "--"];
    const plan = await planLaunch({ command: [process.execPath, ...program] }, task);
    assert.ok(plan.ok);
    assert.deepEqual(JSON.parse(execFileSync(plan.value.file, plan.value.args, { encoding: "utf8" })), [
      task,
    ]);
  });

  it("knows what npm's batch files start, and no others", () => {
    const npm = String.raw`endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"  "%dp0%\node_modules\@openai\codex\bin\codex.js" %*`;
    assert.equal(shimTarget(`@ECHO off\r\n${npm}\r\n`), String.raw`node_modules\@openai\codex\bin\codex.js`);
    assert.equal(shimTarget(String.raw`@"%~dp0\claude.exe"   %*`), "claude.exe");
    for (const other of ["", "@echo %*", '"%COMSPEC%" /c %*', String.raw`"C:\x.exe" %1`])
      assert.equal(shimTarget(other), null);
  });
});
