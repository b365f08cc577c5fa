import assert from "node:assert/strict";
import { gitHub } from "../../src/github/client";
import { askPulls } from "../../src/github/pulls";
import { type Circumstances, nextRound } from "../../src/github/rhythm";
import { GitHubServer } from "../kit/github";
import { TestRepo } from "../kit/repo";

const second = 1_000;
const minute = 60 * second;
const calm: Circumstances = {
  visible: true,
  focused: true,
  awaited: false,
  moving: false,
  calls: 1,
  failures: 0,
  waitMs: null,
  quota: null,
};

describe("when GitHub is asked again", () => {
  it("is sooner when something moves, later when nobody looks, and never when nobody waits", () => {
    const after = (more: Partial<Circumstances>) => nextRound({ ...calm, ...more }, 0);
    assert.deepEqual(
      [
        after({ moving: true }),
        after({}),
        after({ focused: false, moving: true }),
        after({ focused: false }),
        after({ visible: false, moving: true }),
        after({ visible: false, awaited: true }),
        after({ calls: 3 }),
      ],
      [30 * second, minute, 2 * minute, 5 * minute, null, 2 * minute, 3 * minute],
    );
  });

  it("is later after each failure, and not before GitHub said, nor on the last part of the quota", () => {
    const delays = [1, 2, 3, 4, 5, 6].map((failures) => nextRound({ ...calm, failures }, 0));
    assert.deepEqual(delays, [minute, 2 * minute, 4 * minute, 8 * minute, 15 * minute, 15 * minute]);
    assert.equal(nextRound({ ...calm, failures: 1, waitMs: 20 * minute }, 0), 20 * minute);
    const quota = { limit: 5000, remaining: 1500, resetAt: new Date(40 * minute).toISOString() };
    assert.equal(nextRound({ ...calm, quota }, 10 * minute), 30 * minute);
    assert.equal(nextRound({ ...calm, quota: { ...quota, remaining: 1501 } }, 10 * minute), minute);
  });

  it("costs at most 150 calls an hour for fifty worktrees with open pull requests whose checks run", async () => {
    const server = await GitHubServer.start();
    try {
      const repo = TestRepo.init();
      repo.commit("first", { a: "1\n" });
      const branches = Array.from({ length: 50 }, (_, i) => `agent/task-${i}`);
      for (const branch of branches) repo.git("branch", branch);
      repo.git("push", "-q", server.world.origin.dir, "--all");
      for (const branch of branches) server.world.open(branch);
      server.world.check(repo.git("rev-parse", "main"), "test", null);
      const client = gitHub(server.token, server.url);
      const slug = { host: "github.example", owner: "ann", name: "tracker" };
      const asked = await askPulls(client, slug, branches);
      assert.ok(asked.ok);
      const { open, calls, quota } = asked.value;
      assert.deepEqual([open.length, open.every(({ checks }) => checks.state === "pending")], [50, true]);
      const made = server.calls.length;
      assert.equal(made, calls);
      const delay = nextRound({ ...calm, moving: true, calls, quota }, Date.now());
      assert.ok(delay !== null && (60 * minute * made) / delay <= 150, `${made} calls each ${delay} ms`);
    } finally {
      await server.close();
    }
  });
});
