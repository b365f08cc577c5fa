import assert from "node:assert/strict";
import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { lastProgress } from "../../src/git/fetch";
import { parseLsRemote } from "../../src/git/lsRemote";
import { noteFetched } from "../../src/store/fetched";
import { ago, fetchHeadNames, lastFetched } from "../../src/worktrees/freshness";
import { TestRepo, tempDir } from "../kit/repo";
import { codeOf, create, opened, traces, value } from "./kit";

const mainRef = "refs/remotes/origin/main";

describe("worktrees/base", () => {
  it("asks the remote for its default branch when the repo does not know it", async () => {
    const { repo } = TestRepo.withOrigin();
    repo.git("push", "-q", "origin", "main:master");
    repo.git("remote", "set-head", "origin", "--delete");
    repo.git("update-ref", "-d", mainRef);
    const { base, notes } = value(await create(repo, "a"));
    assert.deepEqual([base.ref, notes], [mainRef, []]);
  });

  it("follows the remote when its default branch was renamed, and says so", async () => {
    const { repo, origin } = TestRepo.withOrigin();
    origin.git("branch", "-m", "main", "trunk");
    const { base, notes } = value(await create(repo, "a"));
    assert.equal(base.ref, "refs/remotes/origin/trunk");
    assert.deepEqual(notes, [
      "The default branch of origin is now trunk, no longer main. To make this repo follow it: git remote set-head origin --auto",
    ]);
  });

  it("takes the only remote, whatever its name, and does not guess among several", async () => {
    const { repo } = TestRepo.withOrigin();
    repo.git("remote", "rename", "origin", "upstream");
    assert.equal(value(await create(repo, "a")).base.ref, "refs/remotes/upstream/main");
    repo.git("remote", "add", "fork", "/nowhere");
    const outcome = await create(repo, "b");
    assert.deepEqual(outcome, {
      ok: false,
      refusal: {
        code: "no-target",
        message: "This repo has 2 remotes and none is called origin, so where work will merge is not known.",
        hint: "Name the base, for example: fork/main. Nothing was made.",
      },
    });
    assert.equal(codeOf(await create(repo, { name: "b", base: "upstream/main" })), "ok");
  });

  it("refuses where there is nothing to start from", async () => {
    const empty = TestRepo.init();
    assert.equal(codeOf(await create(empty, "a")), "no-commits");
    const remote = TestRepo.init(path.join(tempDir(), "origin.git"), "--bare");
    empty.git("remote", "add", "origin", remote.dir);
    assert.equal(codeOf(await create(empty, "a")), "no-target");
    assert.equal(codeOf(await create(empty, { name: "a", offline: true })), "no-target");
    const odd = TestRepo.init();
    odd.commit("first");
    odd.git("checkout", "-q", "-b", "one");
    odd.git("branch", "-m", "main", "two");
    odd.git("checkout", "-q", "--detach");
    assert.equal(codeOf(await create(odd, "a")), "no-target");
  });

  it("asks the remote for the new branch even where the base is here already", async () => {
    const { repo, origin } = TestRepo.withOrigin();
    origin.git("branch", "agent/taken", "main");
    const local = { base: "main" };
    assert.equal(codeOf(await create(repo, { ...local, name: "taken" })), "branch-on-remote");
    rmSync(origin.dir, { recursive: true });
    repo.git("update-ref", "refs/remotes/origin/agent/known", "main");
    for (const offline of [true, false])
      assert.equal(codeOf(await create(repo, { ...local, name: "known", offline })), "branch-on-remote");
    assert.deepEqual(value(await create(repo, { ...local, name: "a" })).notes, [
      "origin did not answer, so whether it has a branch agent/a already is not known.",
    ]);
    assert.deepEqual(value(await create(repo, { ...local, name: "b", offline: true })).notes, []);
  });

  it("gives all who ask at once the same new commit, although their fetches meet", async () => {
    const { repo, origin } = TestRepo.withOrigin();
    const other = TestRepo.init(path.join(tempDir(), "other"));
    other.git("pull", "-q", origin.dir, "main");
    for (let round = 0; round < 3; round++) {
      const tip = other.commit(`more ${round}`);
      other.git("push", "-q", origin.dir, "main");
      const names = Array.from({ length: 8 }, (_, i) => `task ${round} ${i}`);
      const made = await Promise.all(names.map((name) => create(repo, name)));
      assert.deepEqual(
        made.map((outcome) => (outcome.ok ? outcome.value.base.oid : outcome.refusal.message)),
        names.map(() => tip),
      );
    }
  });

  it("fetches that one ref and nothing else", async () => {
    const { repo, origin } = TestRepo.withOrigin();
    const other = TestRepo.init(path.join(tempDir(), "other"));
    other.git("pull", "-q", origin.dir, "main");
    const tip = other.commit("second");
    other.git("tag", "v2");
    other.git("push", "-q", origin.dir, "main", "main:side", "v2");
    value(await create(repo, "a"));
    assert.equal(repo.git("rev-parse", mainRef), tip);
    assert.equal(
      repo.git("for-each-ref", "--format=%(refname)", "refs/tags", "refs/remotes/origin/side"),
      "",
    );
    assert.throws(() => repo.git("rev-parse", "--verify", "FETCH_HEAD"));
  });

  it("says how old what is known is when the fetch fails, and goes on only when told", async () => {
    const { repo, origin } = TestRepo.withOrigin();
    const oid = repo.git("rev-parse", mainRef);
    rmSync(origin.dir, { recursive: true });
    const at = new Date(Date.now() - 3 * 3_600_000).toISOString();
    await noteFetched((await opened(repo)).commonDir, { ref: mainRef, oid, at });
    const before = traces(repo);
    const outcome = await create(repo, "a");
    assert.ok(!outcome.ok);
    assert.equal(outcome.refusal.code, "fetch-failed");
    assert.match(
      outcome.refusal.message,
      /^origin could not be fetched, so whether the base is up to date is not known\. Git says: fatal: .*origin\.git' does not appear/,
    );
    assert.equal(
      outcome.refusal.hint,
      `Try again, or go on offline from origin/main as known here: ${oid.slice(0, 8)}, it was fetched 3 hours ago (${at}). Nothing was made.`,
    );
    assert.deepEqual(traces(repo), before);
    const { base } = value(await create(repo, { name: "a", offline: true }));
    assert.deepEqual(base, { ref: mainRef, oid, fetchedAt: at });
  });

  it("does not wait for ever, and hides passwords", async () => {
    const { repo } = TestRepo.withOrigin();
    const server = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    try {
      repo.git("remote", "set-url", "origin", `http://127.0.0.1:${port}/x`);
      const slow = await create(repo, { name: "a", fetchTimeoutMs: 300 });
      assert.ok(!slow.ok);
      assert.equal(slow.refusal.code, "fetch-timeout");
      assert.match(slow.refusal.hint, /as known here: [0-9a-f]{8}, nobody knows when it was fetched\./);
    } finally {
      server.close();
    }
    repo.git("remote", "set-url", "origin", "http://me:secret@127.0.0.1:1/x");
    const wrong = await create(repo, "a");
    assert.ok(!wrong.ok);
    assert.equal(wrong.refusal.code, "fetch-failed");
    assert.doesNotMatch(wrong.refusal.message, /secret/);
  });

  it("knows when a ref was last fetched, by us or by anybody", async () => {
    const { repo } = TestRepo.withOrigin();
    const { commonDir } = await opened(repo);
    const oid = repo.git("rev-parse", mainRef);
    const known = () => lastFetched({ commonDir }, mainRef, oid);
    assert.equal(await known(), null);
    await noteFetched(commonDir, { ref: mainRef, oid, at: "2026-01-01T00:00:00.000Z" });
    assert.equal(await known(), "2026-01-01T00:00:00.000Z");
    repo.git("fetch", "-q", "origin");
    const fetchHead = path.join(commonDir, "FETCH_HEAD");
    utimesSync(fetchHead, 1_750_000_000, 1_750_000_000);
    assert.equal(await known(), "2026-01-01T00:00:00.000Z");
    utimesSync(fetchHead, 1_790_000_000, 1_790_000_000);
    assert.equal(await known(), new Date(1_790_000_000_000).toISOString());
    assert.equal(await lastFetched({ commonDir }, "refs/heads/main", oid), null);
    writeFileSync(fetchHead, "garbage\n\0");
    assert.equal(await known(), "2026-01-01T00:00:00.000Z");
  });

  it("reads what git and remotes say", () => {
    const oid = "a".repeat(40);
    const text = `ref: refs/heads/main\tHEAD\n${oid}\tHEAD\n${oid}\trefs/heads/agent/x\nref: refs/heads/a:refs/heads/b\tHEAD\nnonsense\n`;
    assert.deepEqual(parseLsRemote(text), {
      defaultBranch: "main",
      oids: new Map([
        ["HEAD", oid],
        ["refs/heads/agent/x", oid],
      ]),
    });
    const fetchHead = `${oid}\t\tbranch 'main' of https://example.com/shop\n`;
    assert.deepEqual(
      [mainRef, "refs/remotes/origin/domain"].map((ref) => fetchHeadNames(fetchHead, ref, oid)),
      [true, false],
    );
    assert.equal(fetchHeadNames(fetchHead, mainRef, "b".repeat(40)), false);
    assert.equal(
      lastProgress(
        "remote: Counting objects: 100% (9/9), done.\nReceiving objects:  11% (1/9)\rReceiving objects:  45% (4/9)\r",
      ),
      "Receiving objects:  45% (4/9)",
    );
    assert.equal(lastProgress("From /somewhere\n * branch main\n"), null);
    const now = Date.parse("2026-01-02T00:00:00Z");
    const times = [
      "2026-01-02T00:00:00Z",
      "2026-01-01T23:59:59Z",
      "2026-01-01T23:00:00Z",
      "2025-12-30T00:00:00Z",
    ];
    assert.deepEqual(
      times.map((time) => ago(time, now)),
      ["just now", "1 second ago", "1 hour ago", "3 days ago"],
    );
  });
});
