import assert from "node:assert/strict";
import { checkPull } from "../../src/fleet/checkPull";
import { type Fleet, openFleet } from "../../src/fleet/index";
import { gitHub } from "../../src/github/client";
import type { PullRequest } from "../../src/model/pull";
import { GitHubServer } from "../kit/github";
import { TestRepo } from "../kit/repo";

describe("the commits of pull requests", () => {
  let server: GitHubServer;
  let repo: TestRepo;
  let fleet: Fleet;
  const { signal } = new AbortController();

  beforeEach(async () => {
    server = await GitHubServer.start();
    repo = TestRepo.init();
    const fork = repo.commit("first", { "readme.md": "hello\n" });
    repo.git("remote", "add", "origin", server.remote);
    repo.git("config", "remote.origin.pushurl", server.world.origin.dir);
    repo.commit("shipped (#1)", { "shipped.txt": "1\n2\n3\n" });
    repo.git("push", "-q", "origin", "main");
    repo.git("update-ref", "refs/remotes/origin/main", "main");
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    for (const branch of ["one", "two", "three"]) {
      repo.git("switch", "-q", "-c", branch, fork);
      repo.commit(branch, { [`${branch}.txt`]: "1\n" });
      repo.git("push", "-q", "origin", branch);
      server.world.open(branch);
    }
    repo.git("switch", "-q", "main");
    repo.git("branch", "-q", "-D", "one", "two", "three");
    const opened = await openFleet(repo.dir);
    assert.ok(opened.ok);
    fleet = opened.value;
    await fleet.refresh();
  });
  afterEach(async () => {
    fleet.dispose();
    await server.close();
  });
  const ask = () => fleet.askPulls(async () => gitHub(server.token, server.url));
  const pull = (number: number): PullRequest =>
    fleet.snapshot.pulls.find((each) => each.pull.number === number)?.pull ?? assert.fail();

  it("are brought here although one of them is not there", async () => {
    server.world.origin.git("config", "uploadpack.hideRefs", "refs/pull/2/head");
    await ask();
    assert.deepEqual(repo.git("for-each-ref", "--format=%(refname)", "refs/agent-foreman/pull").split("\n"), [
      "refs/agent-foreman/pull/1",
      "refs/agent-foreman/pull/3",
    ]);
    await fleet.check();
    assert.deepEqual(
      fleet.snapshot.pulls.map((each) => [each.pull.number, each.check?.verdict ?? null]).sort(),
      [
        [1, "stale"],
        [2, null],
        [3, "stale"],
      ],
    );
  });

  it("are judged by themselves before one of them is let merge, whatever lies in a worktree", async () => {
    await ask();
    const desk = repo.at("../desk");
    repo.git("worktree", "add", "-q", "-b", "one", desk.dir, pull(1).head);
    desk.git("merge", "-q", "-s", "ours", "main");
    assert.equal((await checkPull(fleet, pull(1), signal))?.verdict, "stale");
    desk.git("push", "-q", "origin", "one");
    const landing = { ...pull(1), head: desk.git("rev-parse", "HEAD") };
    const lossy = await checkPull(fleet, landing, signal);
    assert.deepEqual([lossy?.worktree, lossy?.losses.map((loss) => loss.path)], [false, ["shipped.txt"]]);
  });

  it("are not known where they cannot be had, or go elsewhere", async () => {
    await ask();
    assert.equal(await checkPull(fleet, { ...pull(1), head: "5c0ffee".padEnd(40, "0") }, signal), null);
    assert.equal(
      await checkPull(fleet, { ...pull(1), base: { ...pull(1).base, branch: "next" } }, signal),
      null,
    );
  });
});
