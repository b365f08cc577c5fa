import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSync } from "esbuild";
import { removeWorktree } from "../../src/worktrees/remove";
import { tempDir } from "../kit/repo";
import { codeOf, numbered, Stale } from "./kit";

/** More of them, once in a while: KILL_ROUNDS=50. */
const rounds = Number(process.env.KILL_ROUNDS ?? 6);

type What = "start" | "continue" | "abort";

describe("recovery: killed", () => {
  const s = new Stale();
  let child: string;
  let traces: unknown;
  let untouched: unknown;

  before(() => {
    child = path.join(tempDir(), "child.cjs");
    buildSync({
      entryPoints: [path.join(__dirname, "recoverChild.ts")],
      bundle: true,
      platform: "node",
      format: "cjs",
      mainFields: ["module", "main"],
      outfile: child,
    });
    s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    s.h.edit("feature", "feat: quiet", "app.ts", "usage: app", "usage: app [--quiet]");
    for (let i = 0; i < 3; i++)
      s.h.on("feature", `feat: csv ${i}`, { [`csv/${i}.ts`]: numbered("csv", 2_000) });
    s.h.edit("main", "feat: loud", "app.ts", "usage: app", "usage: app [--loud]");
    s.desk();
    s.tree.write({ "notes.md": "to do\n", "log.ts": s.h.text("feature:log.ts").replace("log3", "level3") });
    traces = s.traces();
    untouched = s.untouched();
  });

  /** Runs it in a process that is killed (with its git, or alone) after a time; how long it took if it was not. */
  async function runAndKill(what: What, afterMs: number, group: boolean): Promise<number> {
    const victim = spawn(process.execPath, [child, s.dir, what], { detached: true });
    const gone = once(victim, "exit");
    await once(victim.stdout, "data");
    const began = Date.now();
    await Promise.race([gone, sleep(afterMs)]);
    const took = Date.now() - began;
    const { pid } = victim;
    if (victim.exitCode === null && pid) process.kill(group ? -pid : pid, "SIGKILL");
    await gone;
    return took;
  }

  /** Settles the conflict as a person would. */
  function settleConflict(): void {
    const file = path.join(s.fresh.dir, "app.ts");
    const text = readFileSync(file, "utf8");
    s.fresh.write({ "app.ts": text.replace(/^(<<<<<<<|=======|>>>>>>>).*\n/gm, "") });
    s.fresh.git("add", "app.ts");
  }

  /** Goes on until it is done, whatever state it is in. */
  async function toTheEnd(where: string): Promise<void> {
    for (let turns = 0; turns < 6; turns++) {
      const outcome = await s.goOn("continue");
      const code = codeOf(outcome);
      if (code === "no-recovery" && existsSync(s.fresh.dir)) break;
      if (code === "no-recovery") await s.try({ push: true });
      else if (code === "conflict") settleConflict();
      else if (code === "done") break;
      else assert.fail(`${where}: ${outcome.ok ? code : JSON.stringify(outcome.refusal)}`);
    }
    const subjects = ["feat: csv 2", "feat: csv 1", "feat: csv 0", "feat: quiet", "feat: mul"];
    assert.deepEqual(s.subjects, subjects, where);
    assert.equal(s.fresh.git("status", "--porcelain"), " M log.ts\n?? notes.md", where);
    assert.equal(s.h.repo.git("diff", "--name-only", "feature-2", "feature"), "app.ts", where);
    assert.equal(s.origin.git("rev-parse", "feature-2"), s.h.oid("feature-2"), where);
    const removed = await removeWorktree(await s.open(), s.fresh.dir, { anyway: true });
    assert.ok(removed.ok, where);
    s.origin.git("update-ref", "-d", "refs/heads/feature-2");
    s.h.repo.git("update-ref", "-d", "refs/remotes/origin/feature-2");
    dropRescues("refs/agent-foreman/rescue");
  }

  function dropRescues(under: string): void {
    for (const ref of s.h.repo.git("for-each-ref", "--format=%(refname)", under).split("\n"))
      if (ref) s.h.repo.git("update-ref", "-d", ref);
  }

  async function takenBack(where: string): Promise<void> {
    const outcome = await s.goOn("abort");
    const code = codeOf(outcome);
    assert.ok(
      ["aborted", "no-recovery", "done"].includes(code),
      `${where}: ${outcome.ok ? code : JSON.stringify(outcome.refusal)}`,
    );
  }

  it("comes to a right end, whenever it is killed", async function () {
    this.timeout(120_000 + rounds * 60_000);
    const longest = { start: await runAndKill("start", 60_000, true), continue: 0, abort: 0 };
    settleConflict();
    longest.continue = await runAndKill("continue", 60_000, true);
    await toTheEnd("not killed");
    await runAndKill("start", 60_000, true);
    longest.abort = await runAndKill("abort", 60_000, true);
    assert.deepEqual(s.traces(), traces);
    const whats: What[] = ["start", "continue", "abort"];
    for (let round = 0; round < rounds; round++) {
      const what = whats[round % 3] ?? "start";
      if (what !== "start") assert.equal((await s.recover({ push: true })).state, "conflict");
      if (what === "continue") settleConflict();
      const afterMs = Math.random() * longest[what];
      await runAndKill(what, afterMs, Math.random() < 0.5);
      const end = what !== "abort" && Math.random() < 0.5 ? "continue" : "abort";
      const where = `round ${round}: ${what}, killed after ${Math.round(afterMs)} ms of ${longest[what]}, then ${end}`;
      if (end === "continue") await toTheEnd(where);
      else await takenBack(where);
      if (existsSync(s.fresh.dir)) await toTheEnd(`${where}; it was done already`);
      // What was settled by hand is kept for an undo.
      if (what === "continue") dropRescues("refs/agent-foreman/rescue/feature-2");
      assert.deepEqual(s.traces(), traces, where);
      assert.deepEqual(s.untouched(), untouched, where);
    }
    s.h.repo.git("fsck", "--full", "--strict");
  });
});
