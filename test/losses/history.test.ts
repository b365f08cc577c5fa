import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import path from "node:path";
import { Fleet } from "../../src/fleet/index";
import { openRepo, type Repo } from "../../src/git/repo";
import { onGitCall } from "../../src/git/trace";
import { checkCached } from "../../src/losses/cached";
import type { CheckDocument } from "../../src/model/check";
import { readHeads } from "../../src/store/heads";
import { createWorktree } from "../../src/worktrees/create";
import { removeWorktree } from "../../src/worktrees/remove";
import { undoRemoval } from "../../src/worktrees/undo";
import { TestRepo } from "../kit/repo";
import { receiptFiles, Story } from "./story";

async function open(repo: TestRepo): Promise<Repo> {
  const opened = await openRepo(repo.dir);
  assert.ok(opened.ok);
  return opened.value;
}

/** Looks at the repo as the sidebar does. */
async function look(repo: TestRepo): Promise<Fleet> {
  const fleet = new Fleet(await open(repo));
  await fleet.refresh();
  fleet.dispose();
  return fleet;
}

async function check(repo: TestRepo, head: string, base = "main"): Promise<CheckDocument> {
  const answer = await checkCached(await open(repo), { base, head });
  assert.ok(answer.ok);
  return answer.value;
}

const forget = (repo: TestRepo) =>
  repo.git("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all");

const dropped = ({ notes }: CheckDocument) =>
  notes.filter(({ code }) => code === "branch-loss").map(({ detail }) => /"(.*)"/.exec(detail)?.[1]);

/** agent-b began before receipts (#12) landed, and its old tree deletes them on top of main. */
function softReset(seen: () => Promise<unknown>): { story: Story; run(): Promise<void> } {
  const story = new Story();
  story.switch("agent-b", "main");
  return {
    story,
    async run() {
      await seen();
      story.switch("main").as("agent-a").commit("feat: receipts (#12)", receiptFiles);
      story.switch("agent-b").ownWork("wip").softReset();
    },
  };
}

describe("losses: what is known of a branch's past", () => {
  it("proves what reset --soft deletes where git has forgotten where the branch began", async () => {
    let story: Story | null = null;
    const told = softReset(async () => {
      if (story) await look(story.repo);
    });
    story = told.story;
    const start = story.git("rev-parse", "main");
    await told.run();
    forget(story.repo);
    const answer = await check(story.repo, "agent-b");
    assert.equal(answer.recordedBase, start);
    assert.deepEqual(
      answer.losses.map(({ path: file, confidence }) => `${file} ${confidence}`),
      ["src/receipt.test.ts certain", "src/receipt.ts certain"],
    );
    // The same where nobody had looked.
    const unseen = softReset(async () => {});
    await unseen.run();
    forget(unseen.story.repo);
    assert.deepEqual((await check(unseen.story.repo, "agent-b")).losses, []);
  });

  it("asks where the start is read off git's log and a reset may have brought the files along", async () => {
    const { story, run } = softReset(async () => {});
    await run();
    for (const time of ["first", "second"]) {
      const { losses, questions } = await check(story.repo, "agent-b");
      assert.deepEqual(losses, [], time);
      assert.deepEqual(
        questions.map(({ path: file, evidence }) => `${file} ${evidence[0]?.code}`),
        ["src/receipt.test.ts never-seen", "src/receipt.ts never-seen"],
        time,
      );
    }
  });

  it("misses a teammate's commit that a rebase dropped, long after git has forgotten it", async () => {
    const story = new Story();
    story.switch("agent-b", "main").ownWork();
    story.as("teammate").commit("fix: rounding", { "src/round.ts": "export const round = Math.round;\n" });
    assert.deepEqual(dropped(await check(story.repo, "agent-b")), []);
    story.as("agent-b").git("rebase", "-q", "--onto", "HEAD~2", "HEAD", "agent-b");
    story.ownWork("feat: discounts once more");
    forget(story.repo);
    assert.deepEqual(dropped(await check(story.repo, "agent-b")), ["fix: rounding"]);

    // When git has thrown the commit away too, it is not known any more; that is no fault.
    forget(story.repo);
    story.git("gc", "-q", "--prune=now");
    const answer = await check(story.repo, "agent-b");
    assert.deepEqual([answer.verdict, dropped(answer)], ["clean", []]);
  });

  it("misses a teammate's commit that a forced push dropped, once both were fetched", async () => {
    const { repo, origin } = TestRepo.withOrigin();
    repo.git("worktree", "add", "-q", "-b", "shared", "../desk", "main");
    const desk = repo.at("../desk");
    desk.commit("feat: one", { "one.ts": "export const one = 1;\n" });
    desk.git("push", "-q", "origin", "shared");
    const mate = TestRepo.at(`${repo.dir}-mate`);
    repo.git("clone", "-q", "-b", "shared", origin.dir, mate.dir);
    mate.env = { GIT_AUTHOR_NAME: "Mate", GIT_AUTHOR_EMAIL: "mate@example.com" };
    mate.commit("fix: two", { "two.ts": "export const two = 2;\n" });
    mate.git("push", "-q", "origin", "shared");
    repo.git("fetch", "-q");
    await look(repo);
    desk.git("push", "-q", "--force", "origin", "shared");
    repo.git("fetch", "-q");
    forget(repo);
    assert.deepEqual(dropped(await check(repo, "shared", "origin/main")), ["fix: two"]);
  });

  it("is not inherited by a later branch of the same name", async () => {
    for (const watched of [true, false]) {
      const story = new Story();
      story.switch("agent-b", "main").ownWork();
      story.as("teammate").commit("fix: rounding", { "src/round.ts": "export const round = Math.round;\n" });
      const old = story.git("rev-parse", "main");
      await look(story.repo);
      story.switch("main").as("owner").commit("feat: receipts (#12)", receiptFiles);
      story.git("branch", "-D", "agent-b");
      if (watched) await look(story.repo);
      story.git("update-ref", "refs/agent-foreman/base/agent-b", old);
      story.switch("agent-b", "main").ownWork("feat: other");
      const answer = await check(story.repo, "agent-b");
      assert.deepEqual([answer.recordedBase, dropped(answer)], [story.git("rev-parse", "main"), []]);
      forget(story.repo);
      const later = await check(story.repo, "agent-b");
      assert.deepEqual([later.recordedBase, dropped(later)], [answer.recordedBase, []], `${watched}`);
    }
  });

  it("tells a reset that brought the files along from one that left them old", async () => {
    const story = new Story();
    story.switch("agent-b", "main").switch("main").as("agent-a").commit("feat: receipts (#12)", receiptFiles);
    story.switch("agent-b").as("agent-b").git("reset", "-q", "--hard", "main");
    await look(story.repo);
    story.git("rm", "-q", ...Object.keys(receiptFiles));
    story.commit("chore: tidy");
    const answer = await check(story.repo, "agent-b");
    assert.deepEqual([answer.verdict, answer.losses], ["question", []]);
  });

  it("stays with a worktree that is removed and brought back, and not with one that somebody makes at its place", async () => {
    const { repo } = TestRepo.withOrigin();
    const opened = await open(repo);
    const made = await createWorktree(opened, { name: "csv", agent: "codex" });
    assert.ok(made.ok);
    const { path: place, branch, base } = made.value;
    TestRepo.at(place).commit("feat: csv", { "csv.ts": "export {};\n" });
    const ours = async () => {
      const fleet = await look(repo);
      const found = fleet.snapshot.worktrees.find((each) => each.path === place);
      return [found?.owner?.agent ?? null, found?.base?.oid ?? null];
    };
    assert.deepEqual(await ours(), ["codex", base.oid]);
    repo.commit("on main", { "m.ts": "m\n" });
    repo.git("push", "-q", "origin", "main");
    const removed = await removeWorktree(opened, place, { anyway: true });
    assert.ok(removed.ok, JSON.stringify(removed));
    assert.ok((await undoRemoval(opened)).ok);
    assert.deepEqual(await ours(), ["codex", base.oid]);
    assert.equal((await check(repo, branch, "origin/main")).recordedBase, base.oid);
    const moved = `${place}-moved`;
    repo.git("worktree", "move", place, moved);
    const atNewPlace = (await look(repo)).snapshot.worktrees.find((each) => each.path === moved);
    assert.equal(atNewPlace?.owner?.agent, "codex");
    repo.git("worktree", "move", moved, place);

    repo.git("worktree", "remove", place);
    repo.git("branch", "-D", branch);
    repo.git("worktree", "add", "-q", "-b", branch, place, "origin/main");
    TestRepo.at(place).commit("feat: by hand", { "hand.ts": "export {};\n" });
    assert.deepEqual(await ours(), [null, null]);
    assert.equal(
      (await check(repo, branch, "origin/main")).recordedBase,
      repo.git("rev-parse", "origin/main"),
    );
  });

  it("is asked about once, also where the first answer is what notes it", async () => {
    for (const logged of ["true", "false"]) {
      const repo = TestRepo.init();
      repo.git("config", "core.logAllRefUpdates", logged);
      repo.commit("first", { a: "1\n" });
      repo.git("switch", "-q", "-c", "work");
      repo.commit("work", { b: "1\n" });
      repo.git("switch", "-q", "main");
      repo.commit("second", { a: "2\n" });
      const first = await check(repo, "work");
      const verbs: string[] = [];
      const listening = onGitCall(({ args }) => verbs.push(args.join(" ")));
      assert.deepEqual(await check(repo, "work"), first);
      listening.dispose();
      assert.deepEqual(
        verbs.filter((verb) => verb.includes("merge-tree")),
        [],
        `logged: ${logged}`,
      );
      assert.ok(verbs.length > 0);
    }
  });

  it("is noted once, and not at all where the repo cannot be written to", async () => {
    const { repo } = TestRepo.withOrigin();
    repo.git("worktree", "add", "-q", "-b", "a", "../a", "main");
    const fleet = new Fleet(await open(repo));
    await fleet.refresh();
    const { commonDir } = fleet.repo;
    const noted = (await readHeads(commonDir)).map(
      ({ ref, birth, clean }) => `${ref} ${birth ? "born" : clean}`,
    );
    assert.deepEqual(noted.sort(), [
      "refs/heads/a born",
      "refs/heads/a true",
      "refs/heads/main born",
      "refs/heads/main true",
      "refs/remotes/origin/main born",
      "refs/remotes/origin/main undefined",
    ]);
    await fleet.refresh();
    await fleet.refresh({ refs: true });
    await look(repo);
    await check(repo, "a", "origin/main");
    assert.equal((await readHeads(commonDir)).length, noted.length);
    fleet.dispose();
    if (process.getuid?.() === 0) return;
    chmodSync(path.join(commonDir, "agent-foreman/heads"), 0o500);
    repo.at("../a").commit("more");
    assert.equal((await look(repo)).snapshot.problem, null);
  });
});
