import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runProgram } from "../../src/programs/run";
import { asWindowsNeedsIt } from "../../src/programs/windows";
import { tempDir } from "../kit/repo";

const run = (script: string, options: Partial<Parameters<typeof runProgram>[1]> = {}) =>
  runProgram(["bash", "--norc", "-c", script], {
    cwd: tempDir(),
    env: { PATH: process.env.PATH },
    ...options,
  });

/** Whether the process whose id is in a file still runs. */
function runs(file: string): boolean {
  const pid = Number(readFileSync(file, "utf8"));
  assert.ok(pid > 1);
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}

async function written(file: string): Promise<void> {
  while (!existsSync(file) || readFileSync(file, "utf8") === "") await sleep(10);
}

describe("running a program", () => {
  it("gives what it wrote and how it ended, with its input and no more environment than it was given", async () => {
    process.env.SECRET_OF_OURS = "x";
    const end = await run('cat; echo "[$SECRET_OF_OURS]" >&2; exit 3', { input: "in\n" });
    assert.deepEqual(end, { how: "ended", exitCode: 3, stdout: "in\n", stderr: "[]\n" });
  });

  it("says that it could not be started", async () => {
    const end = await runProgram(["/no/such/program"], { cwd: tempDir(), env: {} });
    assert.equal(end.how, "not-started");
    assert.match(end.stderr, /ENOENT/);
  });

  it("ends one that writes without end, in few lines or in one", async () => {
    for (const script of ["yes", "tr '\\0' a < /dev/zero"]) {
      const end = await run(script, { mostBytes: 1_000_000 });
      assert.equal(end.how, "too-much");
      assert.ok(end.stdout.length <= 1_000_000);
    }
  });

  const stubborn = 'trap "" TERM; echo $$ > "$0.pid"; while :; do sleep 0.05; done';

  for (const [title, script] of [
    ["one that ignores to be asked", (file: string) => stubborn.replaceAll("$0", file)],
    [
      "what it started, a stubborn child in the background too",
      (file: string) => `(${stubborn.replace("$$", "$BASHPID").replaceAll("$0", file)}) & sleep 60`,
    ],
    [
      "what has left its group for a session of its own",
      (file: string) => `setsid -f bash -c '${stubborn.replaceAll("$0", file)}'; sleep 60`,
    ],
  ] as const)
    it(`ends ${title}`, async () => {
      const file = path.join(tempDir(), "it");
      const stop = new AbortController();
      const ending = run(script(file), { signal: stop.signal });
      await written(`${file}.pid`);
      stop.abort();
      assert.equal((await ending).how, "cancelled");
      assert.equal(runs(`${file}.pid`), false);
    });

  it("ends one after its time", async () => {
    assert.equal((await run("sleep 60", { timeoutMs: 100 })).how, "timeout");
  });

  it("leaves nothing behind and does not wait, where a child holds its pipes open after it ended well", async () => {
    const file = path.join(tempDir(), "it");
    const end = await run(`sleep 600 & echo $! > ${file}; echo done`);
    assert.deepEqual([end.how, end.exitCode, end.stdout], ["ended", 0, "done\n"]);
    assert.equal(runs(file), false);
  });

  it("gives all of a large output that is in the pipe when it ends", async () => {
    const end = await run("head -c 3000000 /dev/zero | tr '\\0' a");
    assert.equal(end.stdout.length, 3_000_000);
  });

  it("reads arguments as they are, whatever a shell would make of them", async () => {
    const file = path.join(tempDir(), "show.js");
    writeFileSync(file, "console.log(JSON.stringify(process.argv.slice(2)))");
    const args = ["$(touch x)", "`id`", "a b", '"', "'", "*", "-n", "%PATH%", "\n"];
    const end = await runProgram([process.execPath, file, ...args], { cwd: tempDir(), env: {} });
    assert.deepEqual(JSON.parse(end.stdout), args);
  });

  it("hands arguments to npm's commands on Windows past its shell", () => {
    assert.deepEqual(asWindowsNeedsIt(["C:\\bin\\claude.exe", "a"], "win32").program, "C:\\bin\\claude.exe");
    const { program, args, verbatim } = asWindowsNeedsIt(["C:\\a b\\x.cmd", '{"a": 1}', "&calc"], "win32");
    assert.equal(program, "cmd.exe");
    assert.equal(verbatim, true);
    assert.deepEqual(args.slice(0, 3), ["/d", "/s", "/c"]);
    assert.doesNotMatch(String(args[3]).slice(1, -1), /(^|[^^])[&"]/);
  });
});
