import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cli, cliFile } from "../../kit/cli";
import { tempDir } from "../../kit/repo";
import { story } from "./kit";

function runs(pid: number): boolean {
  const file = `/proc/${pid}/status`;
  return existsSync(file) && !/^State:\s+Z/m.test(readFileSync(file, "utf8"));
}

/** A review under way, of a reviewer that has started a child in a session of its own. */
async function underWay() {
  const { repo, opened } = await story();
  const pids = path.join(tempDir(), "pids");
  const reviewer = path.join(tempDir(), "reviewer.sh");
  const child = `trap "" TERM HUP; echo $$ >> ${pids}; while :; do sleep 0.1; done`;
  writeFileSync(reviewer, `setsid -f bash -c '${child}'\n${child}\n`);
  const review = spawn(process.execPath, [cliFile(), "review", "--", "bash", reviewer], { cwd: repo.dir });
  let stderr = "";
  review.stderr.on("data", (text) => {
    stderr += text;
  });
  const started = () => (existsSync(pids) ? readFileSync(pids, "utf8").trim().split("\n").map(Number) : []);
  while (started().length < 2) await sleep(20);
  const folders = () =>
    readdirSync(tmpdir()).filter((name) => name.startsWith(`.agent-foreman.${review.pid}-`));
  const notes = () => readdirSync(path.join(opened.commonDir, "agent-foreman", "pending"));
  assert.equal(folders().length, 1);
  assert.equal(notes().length, 1);
  return { repo, review, started, folders, notes, stderr: () => stderr };
}

describe("a review that is broken off", () => {
  it("leaves no process, no folder and no note when it is asked to end", async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const { review, started, folders, notes, stderr } = await underWay();
      review.kill(signal);
      const [exitCode] = await once(review, "exit");
      assert.equal(exitCode, 2);
      assert.match(stderr(), /The review was cancelled\. It counts as not reviewed/);
      assert.deepEqual([started().filter(runs), folders(), notes()], [[], [], []]);
    }
  });

  it("leaves none of them once anything of ours runs again, when it was killed", async () => {
    const { repo, review, started, folders, notes } = await underWay();
    review.kill("SIGKILL");
    await once(review, "exit");
    assert.equal(started().filter(runs).length, 2);
    assert.equal(cli(repo.dir, "list").exitCode, 0);
    assert.deepEqual([started().filter(runs), folders(), notes()], [[], [], []]);
    assert.equal(repo.git("worktree", "list").split("\n").length, 1);
    assert.equal(cli(repo.dir, "findings").exitCode, 2);
  });
});
