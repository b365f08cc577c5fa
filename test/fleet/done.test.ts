import assert from "node:assert/strict";
import { type Fleet, openFleet } from "../../src/fleet/index";
import { needsYou } from "../../src/fleet/needsYou";
import { openRepo } from "../../src/git/repo";
import { gitHub } from "../../src/github/client";
import { adjudicate } from "../../src/review/adjudicate";
import { importFindings } from "../../src/review/import";
import { change, kept, standing, story } from "../done/kept";
import { GitHubServer } from "../kit/github";
import type { TestRepo } from "../kit/repo";

const todo = { message: "refactor: later", files: { "src/log.ts": `${kept["src/log.ts"]}// TODO more\n` } };

async function opened(repo: TestRepo): Promise<Fleet> {
  const fleet = await openFleet(repo.dir);
  assert.ok(fleet.ok);
  await looked(fleet.value);
  return fleet.value;
}

async function looked(fleet: Fleet): Promise<void> {
  await fleet.refresh();
  await fleet.check();
  await fleet.judge();
}

/** The branch `agent` in a worktree of its own. */
function aside(repo: TestRepo): TestRepo {
  repo.git("switch", "-q", "main");
  repo.git("worktree", "add", "-q", "../agent", "agent");
  return repo.at("../agent");
}

function said({ snapshot }: Fleet): unknown {
  const done = snapshot.worktrees.find(({ branch }) => branch === "agent")?.done;
  return done && standing(done);
}

describe("the fleet's definition of done", () => {
  it("follows commits, reviews and verdicts, and tells of nothing when nothing changed", async () => {
    const repo = story([todo]);
    const worktree = aside(repo);
    const fleet = await opened(repo);
    assert.deepEqual(said(fleet), { "debt fail": [["src/log.ts", 4]] });
    const before = fleet.snapshot.worktrees;
    let told = 0;
    fleet.onChange(() => told++);
    await fleet.judge();
    assert.equal(told, 0);
    await looked(fleet);
    assert.equal(fleet.snapshot.worktrees[1], before[1]);

    change(worktree, { message: "refactor: now", files: { "src/log.ts": `${kept["src/log.ts"]}// more\n` } });
    await looked(fleet);
    assert.deepEqual(said(fleet), {});

    const there = await openRepo(worktree.dir);
    assert.ok(there.ok);
    const finding = { title: "No", path: "src/log.ts", quote: "// more", severity: "major", category: "bug" };
    const text = JSON.stringify({ schemaVersion: 1, findings: [finding] });
    assert.ok((await importFindings(there.value, { text, reviewer: "Codex" })).ok);
    await looked(fleet);
    assert.deepEqual(said(fleet), { "review fail": [["src/log.ts", 4]] });
    const review = await import("../../src/review/review");
    const read = await review.readReview(there.value, "HEAD");
    const id = read.ok ? read.value.findings[0]?.id : undefined;
    assert.ok((await adjudicate(there.value, { finding: id ?? "", verdict: "overrule", reason: "so" })).ok);
    await looked(fleet);
    assert.deepEqual(said(fleet), {});
    fleet.dispose();
  });

  it("needs a person once there is a pull request, and reads that one's words and tickets", async () => {
    const server = await GitHubServer.start();
    try {
      const repo = story([todo]);
      aside(repo);
      repo.git("remote", "add", "origin", server.remote);
      repo.git("push", "-q", server.world.origin.dir, "main", "agent");
      repo.git("update-ref", "refs/remotes/origin/main", "main");
      repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
      const fleet = await opened(repo);
      const reasons = () =>
        needsYou(fleet.snapshot, { commits: 0 }).map((need) => [need.reasons, need.action]);
      const ask = async () => {
        await fleet.askPulls(async () => gitHub(server.token, server.url));
        await fleet.judge();
      };
      assert.deepEqual(reasons(), []);
      server.world.issues.set(71, "- [ ] kind");
      const pull = server.world.open("agent", { title: "refactor: later", body: "Closes #71" });
      await ask();
      assert.deepEqual(said(fleet), {
        "ticket fail": ["#71 asks for: kind"],
        "debt fail": [["src/log.ts", 4]],
      });
      assert.deepEqual(reasons(), [[["not-done"], "see-gates"]]);
      server.world.issues.set(71, "- [x] kind");
      await ask();
      assert.deepEqual(said(fleet), { "debt fail": [["src/log.ts", 4]] });
      pull.body = "Closes #71\n\nWaive-gate: debt next week";
      server.world.touch(pull);
      await ask();
      assert.deepEqual([said(fleet), reasons()], [{ "debt waived": [] }, []]);
      fleet.dispose();
    } finally {
      await server.close();
    }
  });
});
