import assert from "node:assert/strict";
import { chmodSync, rmSync } from "node:fs";
import path from "node:path";
import { onGitCall } from "../../src/git/trace";
import { recoveredFrom } from "../../src/recovery/log";
import { pushRecovered } from "../../src/recovery/push";
import { recoverBranch } from "../../src/recovery/start";
import { readRecords } from "../../src/worktrees/record";
import { codeOf, fates, numbered, Stale } from "./kit";

/** Two commits that landed as one, and two of others' that did not. */
function built(): Stale {
  const s = new Stale();
  s.h.on("feature", "feat: csv 1", { "csv.ts": numbered("csv", 8) });
  s.h.edit("feature", "feat: csv 2", "app.ts", "usage: app", "usage: app [--csv]");
  s.h.squash("feature", "feat: csv (#12)");
  s.h.repo.env = {
    GIT_AUTHOR_NAME: "Agént B",
    GIT_AUTHOR_EMAIL: "b@agents.example",
    GIT_AUTHOR_DATE: "2026-05-04T03:02:01 +0930",
  };
  s.h.edit(
    "feature",
    "feat: mul\n\nWhy: so.\n\nIntentional-removal: nothing\nRefs: #7",
    "math.ts",
    "math5",
    "mul5",
  );
  s.h.edit("feature", "feat: level", "log.ts", "log0", "level0");
  s.h.repo.env = {};
  return s.desk();
}

describe("recovery: carried out", () => {
  it("makes a fresh worktree with what did not land, checks and pushes it, and touches nothing else", async () => {
    const s = built();
    const before = s.untouched();
    const calls: string[][] = [];
    const listener = onGitCall(({ args }) => calls.push([...args]));
    const document = await s.recover({ push: true });
    listener.dispose();
    assert.deepEqual(fates(document), [
      "drop feat: csv 1",
      "drop feat: csv 2",
      "pick feat: mul",
      "pick feat: level",
    ]);
    const { state, worktree, verified, pushed, check, resultTree, rescueRef, onto } = document;
    assert.deepEqual(
      { state, worktree, verified, pushed, verdict: check?.verdict, onto: onto.ref },
      {
        state: "done",
        worktree: s.fresh.dir,
        verified: true,
        pushed: true,
        verdict: "clean",
        onto: "origin/main",
      },
    );
    assert.equal(resultTree, s.h.oid("feature-2^{tree}"));
    assert.equal(s.h.oid(`${rescueRef}`), s.h.oid("feature"));
    assert.match(`${rescueRef}`, /^refs\/agent-foreman\/rescue\/feature\/\d{8}T\d{9}Z$/);
    assert.deepEqual(s.subjects, ["feat: level", "feat: mul"]);
    assert.equal(s.fresh.git("status", "--porcelain"), "");
    assert.equal(s.fresh.git("diff", "--name-only", "origin/main"), "log.ts\nmath.ts");
    assert.equal(s.origin.git("rev-parse", "feature-2"), s.h.oid("feature-2"));
    // Nothing that was there before has changed, but that the remote has one branch more.
    s.origin.git("update-ref", "-d", "refs/heads/feature-2");
    assert.deepEqual(s.untouched(), before);
    const words = calls.flat();
    assert.ok(words.includes("push") && words.includes("worktree"));
    assert.deepEqual(
      words.filter((word) => /^(-f|--force.*|--hard|-D|\+refs\/heads\/feature.*)$/.test(word)),
      [],
    );
    s.h.repo.git("fsck", "--full", "--strict");
    const record = (await readRecords(await s.open())).get("feature-2");
    assert.equal(record?.base.oid, s.h.oid("origin/main"));
    assert.ok(record.base.fetchedAt);
    assert.equal((await recoveredFrom(await s.open(), "feature-2"))?.branch, "feature");
  });

  it("keeps author, date and message, and says before the trailers where a commit comes from", async () => {
    const s = built();
    await s.recover();
    const [commit = ""] = s.h.repo.git("log", "--format=%an|%ae|%aI|%cn|%B", "-1", "feature-2^").split("\0");
    const from = s.h.oid("feature~1");
    assert.equal(
      commit,
      [
        "Agént B|b@agents.example|2026-05-04T03:02:01+09:30|Per Son|feat: mul",
        "",
        "Why: so.",
        "",
        `(recovered from ${from})`,
        "",
        "Intentional-removal: nothing",
        "Refs: #7",
      ].join("\n"),
    );
    assert.equal(s.h.repo.git("log", "-1", "--format=%(trailers:key=Refs,valueonly)", "feature-2^"), "#7");
    assert.match(
      s.h.repo.git("log", "-1", "--format=%B", "feature-2"),
      /^feat: level\n\n\(recovered from [0-9a-f]{40}\)$/,
    );
  });

  it("signs the commits where the person has git sign them, or makes nothing", async () => {
    const s = built();
    const before = s.traces() as object;
    // What git needs of a program that signs: the signature, and word that it was made.
    const signer = path.join(s.dir, ".git", "signer");
    s.h.repo.write({
      ".git/signer":
        "#!/bin/sh\ncat > /dev/null\necho '-----BEGIN PGP SIGNATURE-----'\necho '[GNUPG:] SIG_CREATED ' >&2\n",
    });
    s.h.repo.git("config", "commit.gpgSign", "true");
    s.h.repo.git("config", "gpg.program", signer);
    assert.equal(codeOf(await s.try()), "cannot-sign");
    assert.deepEqual({ ...(s.traces() as object), config: "" }, { ...before, config: "" });
    chmodSync(signer, 0o755);
    assert.equal((await s.recover()).state, "done");
    for (const commit of ["feature-2", "feature-2^"])
      assert.match(s.h.repo.git("cat-file", "commit", commit), /^gpgsig -----BEGIN PGP SIGNATURE-----$/m);
    assert.equal(
      s.h.repo.git("log", "-1", "--format=%an|%ad", "feature-2^"),
      s.h.repo.git("log", "-1", "--format=%an|%ad", "feature^"),
    );
  });

  it("fetches the target first, and builds on what it is then", async () => {
    const s = built();
    const elsewhere = s.h.repo.at(`${s.dir}-elsewhere`);
    s.h.repo.git("clone", "-q", s.origin.dir, elsewhere.dir);
    elsewhere.commit("feat: more (#14)", { "more.ts": "more\n" });
    elsewhere.git("push", "-q", "origin", "main");
    const { onto } = await s.recover();
    assert.equal(onto.oid, elsewhere.git("rev-parse", "HEAD"));
    assert.equal(s.h.repo.git("merge-base", "feature-2", "origin/main"), onto.oid);
    rmSync(s.origin.dir, { recursive: true });
    assert.equal(codeOf(await s.try({ newBranch: "feature-3" })), "fetch-failed");
    assert.equal((await s.recover({ newBranch: "feature-3", offline: true })).state, "done");
  });

  it("brings uncommitted files along, uncommitted, and leaves ignored ones", async () => {
    const s = new Stale();
    s.h.on("main", "chore: ignore", { ".gitignore": "*.log\n", "old.ts": "old\n", "two words.ts": "x\n" });
    s.h.repo.git("branch", "-f", "feature", "main");
    s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    s.h.edit("main", "chore: log", "log.ts", "log0", "level0");
    s.desk();
    s.tree.write({
      "log.ts": s.h.text("feature:log.ts").replace("log5", "staged5"),
      "new/ü.ts": "new\n",
      "a.log": "-",
    });
    s.tree.git("add", "log.ts");
    s.tree.write({ "app.ts": `${s.h.text("feature:app.ts")}// changed\n` });
    s.tree.git("rm", "-q", "old.ts");
    rmSync(path.join(s.tree.dir, "two words.ts"));
    const before = s.untouched();
    const document = await s.recover();
    assert.deepEqual(document.uncommitted, { files: 5, fate: "carry" });
    assert.deepEqual(s.subjects, ["feat: mul"]);
    assert.equal(
      s.fresh.git("-c", "core.quotePath=false", "status", "--porcelain", "--untracked-files=all"),
      [" M app.ts", " M log.ts", " D old.ts", ' D "two words.ts"', "?? new/ü.ts"].join("\n"),
    );
    assert.match(s.fresh.git("show", ":log.ts"), /level0/);
    assert.match(s.fresh.git("diff", "log.ts"), /^-.*log5[\s\S]*^\+.*staged5/m);
    assert.deepEqual(s.untouched(), before);
    // The rescue has them too, on top of the branch's head.
    assert.equal(s.h.oid(`${document.rescueRef}^`), s.h.oid("feature"));
    assert.match(s.h.text(`${document.rescueRef}:new/ü.ts`), /new/);
  });

  it("leaves uncommitted files where they are when they do not fit, or nobody wants them", async () => {
    const s = new Stale();
    s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    s.h.edit("main", "chore: log", "log.ts", "log0", "level0");
    s.desk();
    s.tree.write({ "log.ts": s.h.text("feature:log.ts").replace("log0", "mine0") });
    const document = await s.recover();
    assert.deepEqual(document.uncommitted, { files: 1, fate: "conflict" });
    assert.equal(s.fresh.git("status", "--porcelain"), "");
    const command = /git (cherry-pick --no-commit [0-9a-f]+)/.exec(document.notes.join())?.[1] ?? "";
    assert.throws(() => s.fresh.git(...command.split(" ")));
    assert.match(s.fresh.git("status", "--porcelain"), /UU log\.ts/);
    const without = await s.recover({ newBranch: "feature-3", uncommitted: false });
    assert.equal(without.uncommitted, null);
    assert.equal(s.h.oid(`${without.rescueRef}`), s.h.oid("feature"));
  });

  it("makes nothing where nothing is left to recover", async () => {
    const s = new Stale();
    s.h.on("feature", "feat: csv", { "csv.ts": numbered("csv", 8) });
    s.h.revert(s.h.squash("feature", "feat: csv (#12)"));
    s.desk();
    const before = s.traces();
    const asked = await s.recover();
    assert.deepEqual([asked.state, asked.worktree, ...fates(asked)], ["done", null, "ask feat: csv"]);
    assert.deepEqual(s.traces(), before);
    s.h.repo.git("branch", "idle", "main");
    assert.equal((await s.recover({ branch: "idle" })).state, "empty");
    s.h.repo.git("branch", "-d", "idle");
    assert.deepEqual(s.traces(), before);
    const taken = await s.recover({ take: [s.h.oid("feature")] });
    assert.deepEqual([taken.state, ...fates(taken)], ["done", "pick feat: csv"]);
  });

  it("makes one commit of what a merge on the branch settled, with all its authors", async () => {
    const s = new Stale();
    s.h.repo.env = { GIT_AUTHOR_NAME: "Agent A", GIT_AUTHOR_EMAIL: "a@agents.example" };
    s.h.edit("feature", "feat: csv usage", "app.ts", "usage: app", "usage: app [--csv]");
    s.h.repo.env = { GIT_AUTHOR_NAME: "Agent B", GIT_AUTHOR_EMAIL: "b@agents.example" };
    s.h.edit("feature", "feat: quiet usage", "app.ts", "[--csv]", "[--csv] [--quiet]");
    s.h.repo.env = {};
    s.h.edit("main", "chore: rename", "app.ts", "usage: app", "usage: calc");
    s.h.resolve("feature", "Merge main", {
      "app.ts": s.h.text("main:app.ts").replace("usage: calc", "usage: calc [--csv] [--quiet]"),
    });
    s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
    const commits = [s.h.oid("feature~3"), s.h.oid("feature~2")];
    s.desk();
    await s.recover();
    assert.deepEqual(s.subjects, ["Changes of feature as its merges settled them", "feat: mul"]);
    assert.equal(
      s.h.repo.git("log", "-1", "--format=%an%n%b", "feature-2"),
      `Agent A\n(recovered from ${commits[0]})\n(recovered from ${commits[1]})\n\nCo-authored-by: Agent B <b@agents.example>`,
    );
    assert.match(s.h.text("feature-2:app.ts"), /usage: calc \[--csv\] \[--quiet\]/);
  });

  it("does not push what would lose other people's work", async () => {
    const s = new Stale();
    s.h.on("main", "feat: csv (#12)", { "csv.ts": numbered("csv", 20) });
    s.h.edit("main", "feat: level (#13)", "log.ts", "log3", "level3");
    // An old tree, committed on top of the target of today.
    s.h.repo.git("branch", "-f", "feature", "main");
    s.h.on("feature", "feat: mul", {
      "csv.ts": null,
      "log.ts": s.h.text("main~1:log.ts"),
      "math.ts": s.h.text("main:math.ts").replace("math5", "mul5"),
    });
    s.desk();
    const outcome = await s.try({ push: true });
    assert.ok(outcome.ok);
    assert.equal(outcome.value.fine, false);
    const { state, pushed, check, notes } = outcome.value.document;
    assert.deepEqual([state, pushed, check?.verdict], ["done", false, "lossy"]);
    assert.match(notes.join(), /not pushed, because the target would lose/);
    assert.equal(s.origin.git("branch", "--list", "feature-2"), "");
  });

  it("pushes later what was not pushed at once, and never onto what somebody else has there", async () => {
    const s = built();
    const document = await s.recover();
    const repo = await s.open();
    const push = async () => {
      const outcome = await pushRecovered(repo, document);
      return outcome.ok ? "pushed" : outcome.refusal.code;
    };
    s.h.repo.git("push", "-q", "origin", "feature:feature-2");
    assert.equal(await push(), "not-pushed");
    assert.equal(s.origin.git("rev-parse", "feature-2"), s.h.oid("feature"));
    s.h.repo.git("push", "-q", "origin", ":feature-2");
    s.fresh.commit("feat: more", { "more.ts": "more\n" });
    assert.equal(await push(), "pushed");
    assert.equal(s.origin.git("rev-parse", "feature-2"), s.h.oid("feature-2"));
    const unknown = await pushRecovered(repo, { ...document, newBranch: "nobody" });
    assert.equal(unknown.ok ? "" : unknown.refusal.code, "unknown-ref");
  });

  it("says when the push fails, and what was recovered stays", async () => {
    const s = built();
    s.origin.write({ "hooks/pre-receive": "#!/bin/sh\necho no way >&2\nexit 1\n" });
    s.origin.git("config", "core.hooksPath", "hooks");
    chmodSync(path.join(s.origin.dir, "hooks/pre-receive"), 0o755);
    const document = await s.recover({ push: true });
    assert.deepEqual([document.state, document.pushed], ["done", false]);
    assert.match(document.notes.join(), /It was not pushed: .*no way/);
    assert.deepEqual(s.subjects.length, 2);
  });

  it("is refused, with nothing made, when a name is taken, or something is missing", async () => {
    const s = built();
    s.h.repo.git("branch", "taken", "main");
    s.h.repo.git("push", "-q", "origin", "main:there");
    const before = s.traces();
    const untouched = s.untouched();
    const codes: string[] = [];
    for (const more of [
      { newBranch: "taken" },
      { newBranch: "feature" },
      { newBranch: "there" },
      { newBranch: "no..good" },
      { newBranch: "" },
      { branch: "nobody" },
      { onto: "nowhere" },
      { take: ["123456"] },
      { path: s.tree.dir },
    ])
      codes.push(codeOf(await s.try(more)));
    assert.deepEqual(codes, [
      "branch-exists",
      "branch-exists",
      "branch-on-remote",
      "bad-branch",
      "bad-name",
      "unknown-ref",
      "unknown-ref",
      "unknown-commit",
      "path-exists",
    ]);
    assert.deepEqual(s.traces(), before);
    s.h.repo.git("config", "user.useConfigOnly", "true");
    s.h.repo.git("config", "--unset", "user.email");
    const settings = process.env.GIT_CONFIG_GLOBAL;
    process.env.GIT_CONFIG_GLOBAL = "/dev/null";
    assert.equal(codeOf(await s.try()), "no-identity");
    if (settings === undefined) delete process.env.GIT_CONFIG_GLOBAL;
    else process.env.GIT_CONFIG_GLOBAL = settings;
    s.h.repo.git("config", "user.email", "person@example.com");
    assert.deepEqual(s.untouched(), untouched);
    s.h.repo.git("remote", "remove", "origin");
    assert.equal(codeOf(await s.try({ push: true, onto: "main" })), "no-remote");
    assert.equal((await s.recover({ onto: "main" })).state, "done");
  });

  it("is taken back as a whole when it is cancelled, or the worktree cannot be made", async () => {
    const s = built();
    const before = s.traces();
    for (const at of ["Fetching", "Looking", "Making", "Checking out"]) {
      const stop = new AbortController();
      const onProgress = (step: string) => step.startsWith(at) && stop.abort();
      const request = { branch: "feature", newBranch: "feature-2" };
      const outcome = await recoverBranch(await s.open(), request, { signal: stop.signal, onProgress });
      assert.equal(codeOf(outcome), "cancelled", at);
      assert.deepEqual(s.traces(), before, at);
    }
    s.h.repo.write({ ".git/hooks/post-checkout": "#!/bin/sh\nexit 3\n" });
    chmodSync(path.join(s.dir, ".git/hooks/post-checkout"), 0o755);
    assert.equal(codeOf(await s.try()), "add-failed");
    assert.deepEqual(s.traces(), before);
  });

  it("recovers what is on no local branch: a remote's, or any commit", async () => {
    const s = built();
    s.h.repo.git("push", "-q", "origin", "feature:theirs");
    s.h.repo.git("fetch", "-q");
    assert.equal((await s.recover({ branch: "theirs" })).state, "done");
    const head = s.h.oid("feature");
    const document = await s.recover({ branch: head, newBranch: "feature-3" });
    assert.deepEqual([document.state, document.branch], ["done", head]);
  });
});
