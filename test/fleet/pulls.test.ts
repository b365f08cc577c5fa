import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Connect, type Fleet, openFleet } from "../../src/fleet/index";
import { draftPull } from "../../src/fleet/openPullRequest";
import { gitHub } from "../../src/github/client";
import { decide } from "../../src/losses/decide";
import { cliBeside, validated } from "../kit/cli";
import { GitHubServer } from "../kit/github";
import { TestRepo, tempDir } from "../kit/repo";

/** A repo whose origin is that GitHub; what the test itself pushes goes past it, as it answers in this process. */
function clone(server: GitHubServer): TestRepo {
  const repo = TestRepo.init();
  repo.commit("first", { "readme.md": "hello\n" });
  repo.git("remote", "add", "origin", server.remote);
  repo.git("config", "remote.origin.pushurl", server.world.origin.dir);
  repo.git("push", "-q", "origin", "main");
  repo.git("update-ref", "refs/remotes/origin/main", "main");
  repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  return repo;
}

function work(repo: TestRepo, branch: string, files: Record<string, string>): TestRepo {
  repo.git("worktree", "add", "-q", "--no-track", "-b", branch, `../${branch}`, "main");
  const worktree = repo.at(`../${branch}`);
  worktree.commit(branch, files);
  worktree.git("push", "-q", "origin", branch);
  return worktree;
}

async function open(repo: TestRepo): Promise<Fleet> {
  const fleet = await openFleet(repo.dir);
  assert.ok(fleet.ok);
  await fleet.value.refresh();
  return fleet.value;
}

/** What the rows of the tree would say of pull requests. */
function told({ snapshot }: Fleet): string[] {
  const state = (pull: { number: number; state: string; checks: { state: string } }) =>
    `#${pull.number} ${pull.state} ${pull.checks.state}`;
  return [
    ...snapshot.worktrees.map(({ name, pull }) => {
      if (!pull) return `${name} ?`;
      const words = pull.pull ? state(pull.pull) : "none";
      return `${name} ${words}${pull.outlived ? " outlived" : ""}${pull.asOf ? " old" : ""}`;
    }),
    ...snapshot.pulls.map(
      ({ pull, check, asOf }) => `- ${state(pull)} ${check?.verdict ?? "?"}${asOf ? " old" : ""}`,
    ),
  ].filter((line) => !line.startsWith("repo "));
}

describe("pull requests beside their worktrees", () => {
  let server: GitHubServer;
  let repo: TestRepo;
  let connect: Connect;
  beforeEach(async () => {
    server = await GitHubServer.start();
    repo = clone(server);
    connect = async () => gitHub(server.token, server.url);
  });
  afterEach(() => server.close());

  it("tells each worktree's own, judges those without one, and notices what the server merged", async () => {
    const { world } = server;
    work(repo, "csv", { "csv.txt": "1\n" });
    work(repo, "alone", { "alone.txt": "1\n" });
    const cloud = work(repo, "cloud", { "cloud.txt": "1\n" });
    repo.commit("more on main", { "shipped.txt": "1\n2\n3\n" });
    repo.git("push", "-q", "origin", "main");
    repo.git("update-ref", "refs/remotes/origin/main", "main");
    // An agent in the cloud brings main in, and drops what main had shipped.
    cloud.git("merge", "-q", "-s", "ours", "main");
    cloud.git("push", "-q", "origin", "cloud");
    repo.git("worktree", "remove", "--force", "../cloud");
    repo.git("branch", "-q", "-D", "cloud");
    world.required = ["test"];
    const csv = world.open("csv", { title: "feat: CSV", autoMerge: "SQUASH" });
    world.open("cloud");
    world.check(csv.head, "test", null);

    const fleet = await open(repo);
    assert.deepEqual(told(fleet), ["alone ?", "csv ?"]);
    await fleet.askPulls(connect);
    await fleet.check();
    assert.deepEqual(told(fleet), ["alone none", "csv #1 open pending", "- #2 open none question"]);
    assert.equal(repo.git("rev-parse", "refs/agent-foreman/pull/2"), world.find(2)?.head);

    const before = fleet.snapshot;
    await fleet.askPulls(connect);
    assert.equal(fleet.snapshot.worktrees[1], before.worktrees[1]);
    assert.equal(fleet.snapshot.pulls, before.pulls);

    world.check(csv.head, "test", "SUCCESS");
    (world.find(2) ?? assert.fail()).state = "CLOSED";
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet), ["alone none", "csv #1 merged unknown"]);
    assert.equal(repo.git("for-each-ref", "refs/agent-foreman/pull"), "");
    await fleet.fetch({ timeoutMs: 10_000 });
    await fleet.refresh();
    assert.equal(fleet.snapshot.worktrees.find(({ name }) => name === "csv")?.landed?.state, "landed");
    fleet.dispose();
  });

  it("takes a merged one for this branch's only if it ended in it, and warns once the branch goes on", async () => {
    const { world } = server;
    const csv = work(repo, "csv", { "csv.txt": "1\n" });
    const earlier = world.open("csv");
    world.merge(earlier, "SQUASH");
    const fleet = await open(repo);
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet), ["csv #1 merged unknown"]);

    csv.commit("one more", { "csv.txt": "2\n" });
    await fleet.refresh();
    assert.deepEqual(told(fleet), ["csv #1 merged unknown outlived"]);
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet), ["csv #1 merged unknown outlived"]);

    // The name again, for other work off main.
    csv.git("reset", "-q", "--hard", "main");
    csv.commit("something else", { "other.txt": "1\n" });
    await fleet.refresh();
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet), ["csv none"]);
    csv.git("push", "-q", "origin", "csv");
    world.open("csv");
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet), ["csv #2 open none"]);
    fleet.dispose();
  });

  it("keeps what it knew with its age while GitHub fails, and asks little while nothing moves", async () => {
    const { world } = server;
    work(repo, "csv", { "csv.txt": "1\n" });
    world.open("csv");
    const fleet = await open(repo);
    await fleet.askPulls(connect);
    server.fail("notFound");
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet), ["csv #1 open none old"]);
    assert.equal(fleet.snapshot.github?.problem?.code, "github-not-found");
    server.recover();
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet), ["csv #1 open none"]);
    assert.equal(fleet.snapshot.github?.problem, null);

    await fleet.askPulls(connect);
    server.calls.length = 0;
    await fleet.askPulls(connect);
    assert.deepEqual(
      server.calls.map(({ path, status }) => [path, status]),
      [["/repos/ann/tracker/pulls", 304]],
    );
    await fleet.askPulls(async () => "signed-out");
    assert.deepEqual([told(fleet), fleet.snapshot.github?.signedOut], [["csv #1 open none old"], true]);
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet), ["csv #1 open none"]);
    repo.git("remote", "set-url", "origin", `${server.url}/ann/another.git`);
    await fleet.refresh();
    await fleet.askPulls(async () => "signed-out");
    assert.deepEqual(told(fleet), ["csv ?"]);
    await fleet.askPulls(async () => null);
    assert.deepEqual([told(fleet), fleet.snapshot.github], [["csv ?"], null]);
    fleet.dispose();
  });

  it("finds a fork's pull requests where they are, and by where the branch is pushed", async () => {
    const { world } = server;
    work(repo, "csv", { "csv.txt": "1\n" });
    repo.git("remote", "rename", "origin", "upstream");
    repo.git("remote", "add", "origin", `${server.url}/bob/tracker`);
    repo.git("update-ref", "refs/remotes/origin/main", "main");
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    world.open("csv", { from: "bob/tracker" });
    world.open("renamed", { from: "bob/tracker", head: repo.git("rev-parse", "csv") });
    const fleet = await open(repo);
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet), ["csv #1 open none", "- #2 open none ?"]);
    repo.git("config", "push.default", "upstream");
    repo.git("config", "branch.csv.remote", "origin");
    repo.git("config", "branch.csv.merge", "refs/heads/renamed");
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet)[0], "csv #2 open none");
    fleet.dispose();
  });

  it("finds them where the repo was renamed since it was cloned", async () => {
    const { world } = server;
    work(repo, "csv", { "csv.txt": "1\n" });
    world.open("csv");
    world.formerly = "ann/before";
    repo.git("remote", "set-url", "origin", `${server.url}/ann/before.git`);
    const fleet = await open(repo);
    await fleet.askPulls(connect);
    assert.deepEqual(told(fleet), ["csv #1 open none"]);
    fleet.dispose();
  });

  it("are fetched by a git that opens no window to sign in", async () => {
    const { world } = server;
    work(repo, "csv", { "csv.txt": "1\n" });
    repo.git("worktree", "remove", "--force", "../csv");
    world.open("csv");
    const said = path.join(tempDir(), "said");
    const helper = `!f() { echo "$GCM_INTERACTIVE $SSH_ASKPASS_REQUIRE" > '${said}'; }; f`;
    repo.git("config", "credential.helper", helper);
    world.locked = true;
    const fleet = await open(repo);
    await fleet.askPulls(connect);
    assert.equal(readFileSync(said, "utf8"), "never never\n");
    assert.deepEqual(told(fleet), ["- #1 open none ?"]);

    // What could not be had is asked for again when somebody looks at everything again.
    world.locked = false;
    await fleet.refresh();
    await fleet.askPulls(connect);
    await fleet.check();
    assert.deepEqual(told(fleet), ["- #1 open none clean"]);
    repo.commit("more", { "more.txt": "1\n" });
    repo.git("update-ref", "refs/remotes/origin/main", "main");
    await fleet.refresh();
    assert.deepEqual(told(fleet), ["- #1 open none clean"]);
    fleet.dispose();
  });

  it("judges none that goes into another repo than the target's by the target", async () => {
    const { world } = server;
    work(repo, "csv", { "csv.txt": "1\n" });
    repo.git("worktree", "remove", "--force", "../csv");
    repo.git("remote", "rename", "origin", "upstream");
    repo.git("remote", "add", "origin", `${server.url}/bob/tracker`);
    repo.git("update-ref", "refs/remotes/origin/main", "main");
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    world.open("csv");
    const fleet = await open(repo);
    await fleet.askPulls(connect);
    await fleet.check();
    assert.deepEqual(told(fleet), ["- #1 open none ?"]);
    fleet.dispose();
  });

  it("are not made of a branch that git would push onto the target itself", async () => {
    const csv = work(repo, "csv", { "csv.txt": "1\n" });
    repo.git("config", "push.default", "upstream");
    csv.git("branch", "-q", "--set-upstream-to", "origin/main");
    const fleet = await open(repo);
    await fleet.askPulls(connect);
    const worktree = fleet.snapshot.worktrees[1] ?? assert.fail();
    const draft = () => draftPull(fleet, worktree, gitHub(server.token, server.url));
    const refused = await draft();
    assert.equal(!refused.ok && refused.refusal.code, "pushes-to-target");
    repo.git("config", "push.default", "simple");
    const drafted = await draft();
    assert.ok(drafted.ok && drafted.value.branch === "csv", JSON.stringify(drafted));
    fleet.dispose();
  });

  it("takes nothing as meant in a fork's branch because a branch here is called so", async () => {
    const { world } = server;
    repo.commit("feat: total (#2)", { "total.ts": "export const total = (a: number) => a + 1;\n".repeat(3) });
    repo.git("push", "-q", "origin", "main");
    repo.git("update-ref", "refs/remotes/origin/main", "main");
    const csv = work(repo, "csv", { "csv.txt": "1\n" });
    csv.git("rm", "-q", "total.ts");
    const head = csv.commit("chore: less");
    csv.git("push", "-q", "origin", "csv");
    world.open("csv", { from: "bob/tracker", head });
    const fleet = await open(repo);
    await fleet.askPulls(connect);
    await fleet.check();
    const verdicts = () =>
      [fleet.snapshot.worktrees[1], fleet.snapshot.pulls[0]].map((each) => each?.check?.verdict);
    assert.deepEqual(verdicts(), ["question", "question"]);
    const [asked] = fleet.snapshot.worktrees[1]?.check?.questions ?? [];
    const saying = { branch: "csv", headOid: head, decision: "meant", reason: "unused" } as const;
    assert.ok((await decide(fleet.repo, { ...saying, deletionId: asked?.id ?? "" })).ok);
    await fleet.refresh({ refs: true });
    assert.deepEqual(verdicts(), ["clean", "question"]);
    fleet.dispose();
  });

  it("is in the command line's document when GitHub is asked, and nothing is asked else", async () => {
    const { world } = server;
    work(repo, "csv", { "csv.txt": "1\n" });
    const csv = world.open("csv", { title: "feat: \u001b[31mCSV" });
    world.check(csv.head, "test", "FAILURE");
    world.open("elsewhere", { from: "bob/tracker", head: csv.head, author: "bob" });
    const env = { GITHUB_TOKEN: server.token, GITHUB_API_URL: server.url, GITHUB_SERVER_URL: server.url };
    const list = async (...more: string[]) => {
      const { exitCode, stdout } = await cliBeside(env, repo.dir, "list", "--format", "json", ...more);
      assert.equal(exitCode, 0, stdout);
      return validated<{
        worktrees: { pr: { number?: number } | null }[];
        pulls: { number: number }[] | null;
      }>("list", stdout);
    };
    const silent = await list();
    assert.deepEqual([silent.worktrees[1]?.pr, silent.pulls, server.calls], [null, null, []]);
    const asked = await list("--github", "--check");
    assert.deepEqual(
      [asked.worktrees.map(({ pr }) => pr?.number), asked.pulls?.map(({ number }) => number)],
      [[undefined, 1], [2]],
    );
    const text = await cliBeside(env, repo.dir, "list", "--github");
    assert.match(text.stdout, /^csv +csv +↑1 ↓0 +1 unmerged commit, PR #1 checks failed: test$/m);
    assert.match(
      text.stdout,
      /^Open pull requests without a worktree:\n#2 +elsewhere +bob +checks failed: test$/m,
    );
    server.fail("unauthorized");
    const refused = await cliBeside(env, repo.dir, "list", "--github", "--format", "json");
    assert.deepEqual([refused.exitCode, JSON.parse(refused.stdout).error.code], [2, "github-signed-out"]);
    const anonymous = await cliBeside(
      { ...env, GITHUB_TOKEN: "" },
      repo.dir,
      "list",
      "--github",
      "--format",
      "json",
    );
    assert.deepEqual([anonymous.exitCode, JSON.parse(anonymous.stdout).error.code], [2, "no-token"]);
  });
});
