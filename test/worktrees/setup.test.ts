import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { openRepo } from "../../src/git/repo";
import { noteEvent, readRecords } from "../../src/worktrees/record";
import { runSetup } from "../../src/worktrees/setup";
import { TestRepo } from "../kit/repo";

describe("worktrees/setup", () => {
  const { repo } = TestRepo.withOrigin();
  const worktree = { id: "w1", path: repo.dir, branch: "agent/x" };
  const node = (code: string): [string, ...string[]] => [process.execPath, "-e", code];

  async function open() {
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    return opened.value;
  }

  before(async () => {
    const record = {
      ...worktree,
      base: { ref: "refs/remotes/origin/main", oid: repo.git("rev-parse", "HEAD"), fetchedAt: null },
      agent: null,
      task: null,
      createdAt: new Date().toISOString(),
      setup: null,
    };
    await noteEvent((await open()).commonDir, { event: "created", at: record.createdAt, record });
  });

  it("streams the output, keeps it in a log, and notes how it ended", async () => {
    const opened = await open();
    let shown = "";
    const code = "console.log(process.cwd(), process.env.AGENT_FOREMAN_BRANCH); console.error('and this')";
    const passed = await runSetup(opened, worktree, node(code), { onOutput: (text) => (shown += text) });
    assert.equal(passed.state, "passed");
    assert.match(shown, new RegExp(`^${repo.dir} agent/x\n`, "m"));
    assert.match(shown, /^and this\n/m);
    assert.equal(readFileSync(passed.log, "utf8"), shown);
    assert.deepEqual((await readRecords(opened)).get("agent/x")?.setup, passed);

    const failed = await runSetup(opened, worktree, node("process.exit(3)"));
    assert.equal(failed.state, "failed");
    assert.deepEqual((await readRecords(opened)).get("agent/x")?.setup, failed);
    const absent = await runSetup(opened, worktree, ["no-such-program-anywhere"]);
    assert.equal(absent.state, "failed");
    assert.match(readFileSync(absent.log, "utf8"), /no-such-program-anywhere could not be started/);
  });

  it("ends all that the program started when it is cancelled", async () => {
    const controller = new AbortController();
    // The grandchild would hold the pipes open, and the run with it, for a minute.
    const code =
      "require('child_process').spawn('sleep', ['60'], {stdio: 'inherit'}); console.log('started')";
    const result = await runSetup(await open(), worktree, node(code), {
      signal: controller.signal,
      onOutput: () => controller.abort(),
    });
    assert.equal(result.state, "cancelled");
  });
});
