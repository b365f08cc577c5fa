import assert from "node:assert/strict";
import { askPull } from "../../src/github/askPull";
import { armAutoMerge, disarmAutoMerge, mergePull, planMerge } from "../../src/github/autoMerge";
import { type GitHub, gitHub } from "../../src/github/client";
import { askGround, createPull } from "../../src/github/createPull";
import { markReady } from "../../src/github/markReady";
import { rerunFailed } from "../../src/github/rerunFailed";
import { updateBranch, updateObstacle } from "../../src/github/updateBranch";
import type { Outcome } from "../../src/model/outcome";
import { GitHubServer } from "../kit/github";
import { TestRepo } from "../kit/repo";

const slug = { host: "github.example", owner: "ann", name: "tracker" };

describe("what is done to pull requests", () => {
  let server: GitHubServer;
  let client: GitHub;
  let repo: TestRepo;
  beforeEach(async () => {
    server = await GitHubServer.start();
    client = gitHub(server.token, server.url);
    repo = TestRepo.init();
    repo.commit("first", { a: "1\n" });
    repo.git("remote", "add", "origin", server.world.origin.dir);
    repo.git("push", "-q", "origin", "main");
    commit("csv", { "csv.txt": "1\n" });
  });
  afterEach(() => server.close());

  function commit(branch: string, files: Record<string, string>): string {
    repo.git("switch", "-q", "-C", branch);
    const oid = repo.commit(branch, files);
    repo.git("push", "-q", "origin", branch);
    return oid;
  }

  async function fresh(number = 1) {
    const asked = await askPull(client, slug, number);
    assert.ok(asked.ok, JSON.stringify(asked));
    return asked.value;
  }

  function code(outcome: Outcome<unknown>): string {
    return outcome.ok ? "done" : outcome.refusal.code;
  }

  it("arms auto-merge, and the server merges when the checks are green: squashed, and the branch is gone", async () => {
    const { world } = server;
    world.required = ["test"];
    const pull = world.open("csv", { title: "feat: CSV" });
    world.check(pull.head, "test", null);
    const seen = await fresh();
    assert.deepEqual(planMerge(seen, seen.pull.head), { ok: true, value: { kind: "arm", method: "squash" } });
    assert.equal(code(await armAutoMerge(client, slug.host, seen.pull, "squash")), "done");
    assert.deepEqual([(await fresh()).pull.autoMerge, pull.state], ["squash", "OPEN"]);

    assert.equal(code(await disarmAutoMerge(client, slug.host, seen.pull)), "done");
    assert.equal((await fresh()).pull.autoMerge, null);
    assert.equal(code(await disarmAutoMerge(client, slug.host, seen.pull)), "github-refused");
    await armAutoMerge(client, slug.host, seen.pull, "squash");

    world.check(pull.head, "test", "SUCCESS");
    const merged = (await fresh()).pull;
    assert.deepEqual([merged.state, merged.mergeCommit], ["merged", world.tip("main")]);
    repo.git("fetch", "-q", "--prune", "origin");
    assert.equal(
      repo.git("log", "-1", "--format=%s %p", "origin/main"),
      `feat: CSV (#1) ${repo.git("rev-parse", "--short", "main")}`,
    );
    assert.equal(repo.git("show", "origin/main:csv.txt"), "1");
    assert.equal(world.tip("csv"), null);
  });

  it("merges at once what GitHub has nothing to wait for, and never what was pushed meanwhile", async () => {
    const { world } = server;
    const pull = world.open("csv");
    const seen = await fresh();
    assert.equal(code(await armAutoMerge(client, slug.host, seen.pull, "squash")), "github-refused");
    assert.deepEqual(planMerge(seen, seen.pull.head), {
      ok: true,
      value: { kind: "merge", method: "squash" },
    });
    commit("csv", { "csv.txt": "2\n" });
    const refused = await mergePull(client, slug.host, seen.pull, "squash");
    assert.deepEqual(refused, {
      ok: false,
      refusal: {
        code: "github-refused",
        message: "github.example refused: Head branch was modified. Review and try the merge again.",
        hint: "Nothing was changed. Refresh, then try again.",
      },
    });
    assert.equal(pull.state, "OPEN");
    assert.equal(code(planMerge(await fresh(), seen.pull.head)), "pull-moved");
    const now = await fresh();
    assert.equal(code(await mergePull(client, slug.host, now.pull, "squash")), "done");
    assert.deepEqual(
      [pull.state, repo.git("--git-dir", world.origin.dir, "show", "main:csv.txt")],
      ["MERGED", "2"],
    );
    assert.equal(code(planMerge(await fresh(), now.pull.head)), "pull-closed");
  });

  it("plans no merge of a draft, of a conflict, or where the repo does not allow it", async () => {
    const { world } = server;
    const pull = world.open("csv", { draft: true });
    const plan = async () => planMerge(await fresh(), pull.head);
    assert.equal(code(await plan()), "pull-draft");
    assert.equal(code(await markReady(client, slug.host, (await fresh()).pull)), "done");
    assert.equal(pull.draft, false);
    world.required = ["test"];
    world.autoMergeAllowed = false;
    assert.equal(code(await plan()), "auto-merge-off");
    world.autoMergeAllowed = true;
    world.methods = ["MERGE"];
    assert.deepEqual(await plan(), { ok: true, value: { kind: "arm", method: "merge" } });
    repo.git("switch", "-q", "main");
    commit("main", { "csv.txt": "other\n" });
    assert.equal(code(await plan()), "pull-conflict");
  });

  it("brings the base into the branch by a merge, and refuses where that would conflict", async () => {
    const { world } = server;
    const pull = world.open("csv");
    const before = pull.head;
    repo.git("switch", "-q", "main");
    commit("main", { "b.txt": "1\n" });
    const { pull: seen } = await fresh();
    assert.equal(updateObstacle(seen), null);
    assert.equal(code(await updateBranch(client, slug.host, seen)), "done");
    assert.equal(
      repo.git("--git-dir", world.origin.dir, "log", "-1", "--format=%P", "csv"),
      `${before} ${world.tip("main")}`,
    );
    commit("main", { "csv.txt": "other\n" });
    const obstacle = updateObstacle((await fresh()).pull);
    assert.equal(obstacle && code(obstacle), "pull-conflict");
  });

  it("opens a pull request from the repo's own text, and says why where there is one already", async () => {
    server.world.templates.push({ filename: "pull_request_template.md", body: "## What\n" });
    const ground = await askGround(client, slug);
    assert.deepEqual(ground, { ok: true, value: { repoId: "R_1", templates: ["## What\n"] } });
    const wanted = {
      repoId: "R_1",
      base: "main",
      head: "csv",
      title: "feat: CSV",
      body: "It exports.",
      draft: true,
    };
    assert.deepEqual(await createPull(client, slug.host, wanted), {
      ok: true,
      value: { number: 1, url: "https://github.example/ann/tracker/pull/1" },
    });
    const { title, body, draft, base } = server.world.find(1) ?? assert.fail();
    assert.deepEqual([title, body, draft, base], ["feat: CSV", "It exports.", true, "main"]);
    const again = await createPull(client, slug.host, wanted);
    assert.match(again.ok ? "" : again.refusal.message, /A pull request already exists for csv\./);
  });

  it("runs failed jobs again, once, and says where there are none of GitHub's own", async () => {
    const { world } = server;
    const pull = world.open("csv");
    world.check(pull.head, "test", "FAILURE", 41);
    world.check(pull.head, "posted", "FAILURE", null);
    const failed = (await fresh()).pull;
    assert.deepEqual(await rerunFailed(client, slug, failed), { ok: true, value: 1 });
    assert.deepEqual((await fresh()).pull.checks, {
      state: "failed",
      total: 2,
      failed: ["posted"],
      runs: [],
    });
    assert.equal(code(await rerunFailed(client, slug, failed)), "github-forbidden");
    assert.equal(code(await rerunFailed(client, slug, (await fresh()).pull)), "nothing-to-rerun");
  });

  it("asks for a change once, and says that it is not known whether it was done where no answer came", async () => {
    server.world.open("csv", { draft: true });
    const { pull } = await fresh();
    server.calls.length = 0;
    server.fail("broken");
    const outcome = await markReady(client, slug.host, pull);
    assert.deepEqual(
      outcome.ok ? null : `${outcome.refusal.message} ${outcome.refusal.hint}`,
      "github.example has trouble (500). Whether it was done is not known; the next answer shows it. Then try again if it was not.",
    );
    assert.equal(server.calls.length, 1);
  });
});
