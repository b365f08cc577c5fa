import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { gitHub } from "../../src/github/client";
import { askPulls, type PullsAnswer } from "../../src/github/pulls";
import { parseSlug, slugOf } from "../../src/github/slug";
import { askUnchanged } from "../../src/github/unchanged";
import { GitHubServer } from "../kit/github";
import { TestRepo, tempDir } from "../kit/repo";

const slug = { host: "github.example", owner: "ann", name: "tracker" };

describe("pull requests of a GitHub", () => {
  let server: GitHubServer;
  let repo: TestRepo;
  before(async () => {
    server = await GitHubServer.start();
    repo = TestRepo.init();
    repo.commit("first", { "readme.md": "hello\n" });
    repo.git("remote", "add", "origin", server.remote);
    push("main");
    for (const branch of ["csv", "dark", "landed", "other's"]) {
      repo.git("switch", "-q", "-c", branch, "main");
      repo.commit(branch, { [`${branch}.txt`]: "1\n" });
      push(branch);
    }
  });
  after(() => server.close());

  /** In a process of its own, as the server in this one must answer meanwhile. */
  function push(...refs: string[]): void {
    repo.git("push", "-q", server.world.origin.dir, ...refs);
  }

  async function ask(...branches: string[]): Promise<PullsAnswer> {
    const asked = await askPulls(gitHub(server.token, server.url), slug, branches);
    assert.ok(asked.ok, JSON.stringify(asked));
    return asked.value;
  }

  it("brings all that is asked of open ones, and those that ended, in one call", async () => {
    const { world } = server;
    const csv = world.open("csv", { title: "feat: CSV", review: "APPROVED" });
    world.open("dark", { draft: true, author: "bob", from: "bob/tracker" });
    const landed = world.open("landed");
    world.check(csv.head, "lint", "SUCCESS");
    world.check(csv.head, "test", "FAILURE", 41);
    world.check(csv.head, "posted", "FAILURE", null);
    world.merge(landed, "SQUASH");
    server.calls.length = 0;

    const answer = await ask("csv", "landed", "nobody's");
    assert.deepEqual(server.calls, [{ method: "POST", path: "/graphql", status: 200 }]);
    const found = answer.open.find(({ number }) => number === 1);
    assert.deepEqual(found, {
      id: "PR_1",
      number: 1,
      title: "feat: CSV",
      body: "",
      url: "https://github.example/ann/tracker/pull/1",
      author: "ann",
      state: "open",
      draft: false,
      branch: "csv",
      from: "ann/tracker",
      head: repo.git("rev-parse", "csv"),
      base: { branch: "main", oid: world.tip("main") },
      checks: { state: "failed", total: 3, failed: ["test", "posted"], runs: [41] },
      review: "approved",
      mergeable: "yes",
      mergeState: "unstable",
      autoMerge: null,
      mergeCommit: null,
      updatedAt: "2026-01-01T00:00:00Z",
    });
    assert.deepEqual(
      answer.open.map(({ number, from, draft, checks }) => [number, from, draft, checks.state]),
      [
        [2, "bob/tracker", true, "none"],
        [1, "ann/tracker", false, "failed"],
      ],
    );
    assert.deepEqual(
      [...answer.named].map(([name, pulls]) => [
        name,
        pulls?.map(({ number, state }) => `${number} ${state}`),
      ]),
      [
        ["csv", ["1 open"]],
        ["landed", ["3 merged"]],
        ["nobody's", []],
      ],
    );
    assert.equal(answer.named.get("landed")?.[0]?.mergeCommit, world.tip("main"));
    assert.deepEqual([answer.complete, answer.openTotal, answer.partial], [true, 2, null]);
    assert.deepEqual(answer.quota?.limit, 5000);
  });

  it("asks on where one call does not hold all, and no more than it must", async () => {
    const branches = Array.from({ length: 130 }, (_, i) => `branch ${i}`);
    for (let i = 0; i < 120; i++)
      server.world.open(`many-${i}`, { head: repo.git("rev-parse", "csv"), from: "ann/x" });
    server.calls.length = 0;
    const answer = await ask(...branches);
    assert.equal(server.calls.length, 3);
    assert.deepEqual([answer.open.length, answer.complete, answer.named.size], [122, true, 130]);
    for (const pull of server.world.pulls) if (pull.branch.startsWith("many-")) pull.state = "CLOSED";
  });

  it("learns for nothing of the quota that nothing was touched", async () => {
    const client = gitHub(server.token, server.url);
    const first = await askUnchanged(client, slug, null);
    assert.equal(first?.unchanged, false);
    assert.ok(first.etag);
    assert.deepEqual(await askUnchanged(client, slug, first.etag), { unchanged: true, etag: first.etag });
    server.world.touch(server.world.pulls[0] ?? assert.fail());
    assert.equal((await askUnchanged(client, slug, first.etag))?.unchanged, false);
    server.fail("broken");
    assert.equal(await askUnchanged(client, slug, first.etag), null);
    server.recover();
  });

  it("hands what it does not know to the emulator behind it", async () => {
    const { data } = await gitHub(server.token, server.url).request("GET /user");
    assert.equal(data.login, "ann");
  });

  it("knows the repo behind a name of the person's ssh settings", async () => {
    const config = path.join(tempDir(), "config");
    writeFileSync(
      config,
      "Host work\n  HostName github.com\n  User git\nHost behind\n  HostName ssh.github.com\n  Port 443\n",
    );
    const tracker = { host: "github.com", owner: "acme", name: "tracker" };
    assert.deepEqual(await slugOf("git@work:acme/tracker.git", config), tracker);
    assert.deepEqual(await slugOf("ssh://git@behind/acme/tracker", config), tracker);
    assert.deepEqual(await slugOf("git@elsewhere:acme/tracker", config), { ...tracker, host: "elsewhere" });
    assert.deepEqual(await slugOf("https://work/acme/tracker", config), { ...tracker, host: "work" });
    assert.equal((await slugOf("-oProxyCommand=x:acme/tracker", config))?.host.startsWith("-o"), true);
    assert.equal(parseSlug("https://github.com/../tracker"), null);
    assert.equal(parseSlug("https://github.com/acme/.."), null);
  });
});
