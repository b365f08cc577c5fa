import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { checkOutPull } from "../../src/fleet/checkOutPull";
import { type Fleet, openFleet } from "../../src/fleet/index";
import { gitHub } from "../../src/github/client";
import { GitHubServer } from "../kit/github";
import { TestRepo } from "../kit/repo";

describe("a pull request is checked out as a worktree", () => {
  let server: GitHubServer;
  let repo: TestRepo;
  let fleet: Fleet;
  let fork: string;

  before(async () => {
    server = await GitHubServer.start();
    repo = TestRepo.init();
    fork = repo.commit("first", { "readme.md": "hello\n" });
    repo.git("remote", "add", "origin", server.remote);
    repo.git("config", "remote.origin.pushurl", server.world.origin.dir);
    repo.git("push", "-q", "origin", "main");
    for (const branch of ["cloud/csv", "cloud/taken", "cloud/bob"]) {
      repo.git("switch", "-q", "-c", branch, fork);
      repo.commit(branch, { [`${branch.replace("/", "-")}.txt`]: "1\n" });
      repo.git("push", "-q", "origin", branch);
    }
    repo.git("switch", "-q", "main");
    repo.git("branch", "-q", "-D", "cloud/csv", "cloud/bob");
    repo.commit("more on main", { "more.txt": "1\n" });
    repo.git("push", "-q", "origin", "main");
    repo.git("update-ref", "refs/remotes/origin/main", fork);
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    const { world } = server;
    world.open("cloud/csv", { title: "CSV \u202eexport" });
    world.open("cloud/taken");
    world.open("main", { from: "bob/tracker", author: "bob", head: world.tip("cloud/bob") ?? "" });
    const opened = await openFleet(repo.dir);
    assert.ok(opened.ok);
    fleet = opened.value;
    await fleet.refresh();
    await ask();
  });
  after(async () => {
    fleet?.dispose();
    await server?.close();
  });

  const ask = () => fleet.askPulls(async () => gitHub(server.token, server.url));
  async function checkOut(number: number) {
    const found = fleet.snapshot.pulls.find(({ pull }) => pull.number === number) ?? assert.fail();
    return checkOutPull(fleet.repo, found.pull, {});
  }
  const config = (name: string) =>
    repo.git("config", "--get-regexp", `^branch\\.${name}\\.`).split("\n").sort();

  it("has the branch's own name, its base recorded, and pushes into the pull request", async () => {
    const made = await checkOut(1);
    assert.ok(made.ok, JSON.stringify(made));
    const { created, pushes } = made.value;
    assert.deepEqual([created.branch, pushes, created.task], ["cloud/csv", true, "#1 CSV \u202eexport"]);
    const desk = repo.at(created.path);
    assert.equal(desk.git("rev-parse", "HEAD"), server.world.find(1)?.head);
    assert.deepEqual([created.base.ref, created.base.oid], ["refs/remotes/origin/main", fork]);
    assert.equal(
      repo.git("rev-parse", "origin/main"),
      repo.git("rev-parse", "main"),
      "the target was fetched",
    );
    assert.deepEqual(config("cloud/csv"), [
      "branch.cloud/csv.merge refs/heads/cloud/csv",
      "branch.cloud/csv.remote origin",
    ]);
    const pushed = desk.commit("more", { "csv.txt": "2\n" });
    desk.git("push", "-q");
    assert.equal(server.world.tip("cloud/csv"), pushed);
    await fleet.refresh();
    await ask();
    const worktree = fleet.snapshot.worktrees.find((each) => each.path === created.path);
    assert.equal(worktree?.pull?.pull?.number, 1);
    assert.deepEqual(fleet.snapshot.pulls.map(({ pull }) => pull.number).sort(), [2, 3]);
  });

  it("has a name of its own where the branch's is taken, or is another repo's, and then pushes elsewhere", async () => {
    for (const number of [2, 3]) {
      const made = await checkOut(number);
      assert.ok(made.ok, JSON.stringify(made));
      const { created, pushes } = made.value;
      assert.deepEqual([created.branch, pushes], [`pr-${number}`, false]);
      assert.equal(repo.at(created.path).git("rev-parse", "HEAD"), server.world.find(number)?.head);
      assert.throws(() => repo.at(created.path).git("push", "-q"), "git itself asks where to");
    }
    const again = await checkOut(3);
    assert.equal(again.ok ? "" : again.refusal.code, "branch-exists");
  });

  it("is one with its worktree, until either has commits that the other has not", async () => {
    const shown = async () => {
      await fleet.refresh();
      await ask();
      const { worktrees, pulls } = fleet.snapshot;
      const desk = worktrees.find(({ branch }) => branch === "pr-3");
      return [desk?.pull?.pull?.number ?? null, pulls.some(({ pull }) => pull.number === 3)];
    };
    assert.deepEqual(await shown(), [3, false]);
    const desk = fleet.snapshot.worktrees.find(({ branch }) => branch === "pr-3") ?? assert.fail();
    repo.at(desk.path).commit("a remark", { "remark.txt": "1\n" });
    assert.deepEqual(await shown(), [null, true]);
  });

  it("is not made where its commits cannot be had, and nothing is left behind", async () => {
    const { world } = server;
    const gone = world.open("cloud/gone", { head: world.tip("main") ?? "" });
    await ask();
    world.origin.git("update-ref", "-d", `refs/pull/${gone.number}/head`);
    repo.git("update-ref", "-d", `refs/agent-foreman/pull/${gone.number}`);
    const before = repo.git("for-each-ref", "--format=%(refname)");
    const made = await checkOut(gone.number);
    assert.equal(made.ok ? "" : made.refusal.code, "no-pull-head");
    assert.equal(repo.git("for-each-ref", "--format=%(refname)"), before);
    assert.ok(!existsSync(path.join(`${repo.dir}.worktrees`, `pr-${gone.number}`)));
  });
});
