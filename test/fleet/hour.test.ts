import assert from "node:assert/strict";
import { mock } from "node:test";
import { type Fleet, openFleet } from "../../src/fleet/index";
import { gitHub } from "../../src/github/client";
import { nextRound } from "../../src/github/rhythm";
import { circumstances } from "../../src/ui/github/circumstances";
import { GitHubServer } from "../kit/github";
import { TestRepo } from "../kit/repo";

const minute = 60_000;

describe("an hour with fifty worktrees and their pull requests", () => {
  let server: GitHubServer;
  let repo: TestRepo;
  let fleet: Fleet;

  before(async () => {
    server = await GitHubServer.start();
    repo = TestRepo.init();
    repo.commit("first", { a: "1\n" });
    repo.git("remote", "add", "origin", server.remote);
    const branches = Array.from({ length: 50 }, (_, i) => `agent/task-${i}`);
    for (const branch of branches)
      repo.git("worktree", "add", "-q", "--no-track", "-b", branch, `../${branch}`);
    repo.git("push", "-q", server.world.origin.dir, "--all");
    repo.git("update-ref", "refs/remotes/origin/main", "main");
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    for (const branch of branches) server.world.open(branch);
    const opened = await openFleet(repo.dir);
    assert.ok(opened.ok);
    fleet = opened.value;
    await fleet.refresh();
  });
  after(async () => {
    fleet?.dispose();
    await server?.close();
  });

  /** Plays an hour of the clock, with the rounds that the sidebar would ask for; gives the calls that the server counted. */
  async function hour(looking: { visible: boolean; focused: boolean; awaited: boolean }): Promise<number> {
    const client = gitHub(server.token, server.url);
    const before = server.calls.length;
    mock.timers.enable({ apis: ["Date"], now: Date.now() });
    try {
      const end = Date.now() + 60 * minute;
      for (let at = Date.now(); ; at = Date.now()) {
        const delay = nextRound(circumstances(fleet.snapshot, looking), at);
        if (delay === null || at + delay > end) break;
        mock.timers.tick(delay);
        await fleet.askPulls(async () => client);
        assert.equal(fleet.snapshot.github?.problem, null);
      }
    } finally {
      mock.timers.reset();
    }
    return server.calls.length - before;
  }

  it("costs at most 150 calls while all checks run and the person looks", async () => {
    server.world.check(repo.git("rev-parse", "main"), "test", null);
    const calls = await hour({ visible: true, focused: true, awaited: false });
    assert.ok(calls > 0 && calls <= 150, `${calls} calls`);
    const pulls = fleet.snapshot.worktrees.flatMap(({ pull }) => pull?.pull ?? []);
    assert.deepEqual(
      [pulls.length, new Set(pulls.map((each) => each.checks.state))],
      [50, new Set(["pending"])],
    );
  });

  it("costs none while nothing is visible and nobody waits", async () => {
    assert.equal(await hour({ visible: false, focused: true, awaited: false }), 0);
  });
});
