import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { RecoverDocument } from "../../src/model/recovery";
import { undoRemoval } from "../../src/worktrees/undo";
import { codeOf, fates, numbered, Stale, told } from "./kit";

/** Five commits of which the second and the fourth conflict. */
async function stuck(more: { push?: boolean } = {}): Promise<{ s: Stale; document: RecoverDocument }> {
  const s = new Stale();
  s.h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
  s.h.edit("feature", "feat: quiet", "app.ts", "usage: app", "usage: app [--quiet]");
  s.h.on("feature", "feat: csv", { "csv.ts": numbered("csv", 4) });
  s.h.edit("feature", "feat: level", "log.ts", "log0", "level0");
  s.h.edit("feature", "feat: more csv", "csv.ts", "csv(3)", "csv(33)");
  s.h.edit("main", "feat: loud", "app.ts", "usage: app", "usage: app [--loud]");
  s.h.edit("main", "chore: log", "log.ts", "log0", "first0");
  s.desk();
  return { s, document: await s.recover(more) };
}

const subjects = ["feat: mul", "feat: quiet", "feat: csv", "feat: level", "feat: more csv"];

function settle(s: Stale, file: string): void {
  const text = readFileSync(path.join(s.fresh.dir, file), "utf8");
  s.fresh.write({ [file]: text.replace(/^(<<<<<<<|=======|>>>>>>>).*\n/gm, "") });
  s.fresh.git("add", file);
}

function inGit(s: Stale, file: string): string | null {
  const found = path.join(s.dir, ".git/worktrees/feature-2", file);
  return existsSync(found) ? readFileSync(found, "utf8") : null;
}

describe("recovery: a conflict", () => {
  it("stops with everything just as git leaves it, and goes on from there when it is settled", async () => {
    const { s, document } = await stuck({ push: true });
    const before = s.untouched();
    assert.deepEqual(
      [document.state, document.conflicts, document.resultTree, document.check, document.pushed],
      ["conflict", ["app.ts"], null, null, false],
    );
    assert.deepEqual(fates(document), [
      "pick feat: mul",
      "conflict feat: quiet",
      "pick feat: csv",
      "conflict feat: level",
      "pick feat: more csv",
    ]);
    assert.deepEqual(s.subjects, ["feat: mul"]);
    assert.equal(inGit(s, "CHERRY_PICK_HEAD"), `${s.h.oid("feature~3")}\n`);
    assert.match(
      readFileSync(path.join(s.fresh.dir, "app.ts"), "utf8"),
      /^<{7} HEAD[\s\S]*^>{7} [0-9a-f]{7} \(feat: quiet\)$/m,
    );
    assert.equal(s.fresh.git("ls-files", "-u").split("\n").length, 3);
    assert.equal(
      inGit(s, "MERGE_MSG"),
      `feat: quiet\n\n(recovered from ${s.h.oid("feature~3")})\n\n# Conflicts:\n#\tapp.ts\n`,
    );
    // Nothing is settled yet, and nothing is guessed.
    const again = await s.goOn("continue");
    assert.ok(again.ok);
    assert.deepEqual([again.value.fine, again.value.document.conflicts], [false, ["app.ts"]]);

    settle(s, "app.ts");
    const next = told(await s.goOn("continue"));
    assert.deepEqual([next.state, next.conflicts], ["conflict", ["log.ts"]]);
    assert.deepEqual(s.subjects, ["feat: csv", "feat: quiet", "feat: mul"]);
    settle(s, "log.ts");
    const end = told(await s.goOn("continue"));
    assert.deepEqual([end.state, end.pushed, end.check?.verdict], ["done", true, "clean"]);
    assert.deepEqual(s.subjects, [...subjects].reverse());
    assert.equal(
      s.h.repo.git("log", "-1", "--format=%an|%ad|%B", "feature-2~3"),
      `${s.h.repo.git("log", "-1", "--format=%an|%ad", "feature~3")}|feat: quiet\n\n(recovered from ${s.h.oid("feature~3")})`,
    );
    assert.equal(s.fresh.git("status", "--porcelain"), "");
    assert.equal(codeOf(await s.goOn("continue")), "no-recovery");
    s.origin.git("update-ref", "-d", "refs/heads/feature-2");
    assert.deepEqual(s.untouched(), before);
  });

  it("is skipped; what was edited meanwhile is kept", async () => {
    const { s } = await stuck();
    assert.equal(codeOf(await s.goOn("skip")), "conflict");
    s.fresh.write({ "log.ts": "half settled\n" });
    const end = told(await s.goOn("skip"));
    assert.equal(end.state, "done");
    assert.deepEqual(fates(end), [
      "pick feat: mul",
      "drop feat: quiet",
      "pick feat: csv",
      "drop feat: level",
      "pick feat: more csv",
    ]);
    assert.deepEqual(s.subjects, ["feat: more csv", "feat: csv", "feat: mul"]);
    assert.equal(s.fresh.git("status", "--porcelain"), "");
    const [ref = ""] = /refs\/agent-foreman\/rescue\/feature-2\/\w+/.exec(end.notes.join()) ?? [];
    assert.equal(s.h.text(`${ref}:log.ts`), "half settled\n");
  });

  it("is taken back, and leaves nothing behind", async () => {
    const s = new Stale();
    s.h.edit("feature", "feat: quiet", "app.ts", "usage: app", "usage: app [--quiet]");
    s.h.edit("main", "feat: loud", "app.ts", "usage: app", "usage: app [--loud]");
    s.h.on("main", "chore: env", { ".gitignore": ".env\n", ".worktreeinclude": ".env\n" });
    s.desk();
    s.h.repo.write({ ".env": "SECRET=1\n" });
    const before = [s.untouched(), s.traces()];
    assert.equal((await s.recover()).state, "conflict");
    assert.ok(existsSync(path.join(s.fresh.dir, ".env")));
    assert.equal(told(await s.goOn("abort")).state, "aborted");
    assert.deepEqual([s.untouched(), s.traces()], before);
    assert.equal(codeOf(await s.goOn("abort")), "no-recovery");
    // And it can begin again.
    assert.equal((await s.recover()).state, "conflict");
  });

  it("is taken back with what somebody had done there in an undo", async () => {
    for (const work of [
      (s: Stale) => settle(s, "app.ts"),
      (s: Stale) => s.fresh.write({ "notes.txt": "mine\n" }),
      (s: Stale) => s.fresh.write({ "a.log": "mine\n" }),
      (s: Stale) => {
        settle(s, "app.ts");
        s.fresh.git("commit", "-q", "-m", "by hand");
      },
    ]) {
      const { s } = await stuck();
      s.h.repo.write({ ".git/info/exclude": "*.log\n" });
      const before = s.untouched();
      work(s);
      const files = ["app.ts", "notes.txt", "a.log"].map((name) => {
        const file = path.join(s.fresh.dir, name);
        return existsSync(file) ? readFileSync(file, "utf8") : null;
      });
      const ended = told(await s.goOn("abort"));
      assert.equal(ended.state, "aborted");
      assert.match(ended.notes.join(), /agent-foreman undo brings it back/);
      assert.ok(!existsSync(s.fresh.dir));
      assert.equal(
        s.h.repo.git("for-each-ref", "refs/heads/feature-2", "refs/agent-foreman/rescue/feature"),
        "",
      );
      assert.deepEqual(s.untouched(), before);
      const undone = await undoRemoval(await s.open());
      assert.ok(undone.ok);
      assert.deepEqual(
        ["app.ts", "notes.txt", "a.log"].map((name) => {
          const file = path.join(s.fresh.dir, name);
          return existsSync(file) ? readFileSync(file, "utf8") : null;
        }),
        files,
      );
    }
  });

  const byHand: readonly (readonly [string, (s: Stale) => void, string])[] = [
    [
      "git cherry-pick --continue",
      (s) => s.fresh.git("-c", "core.editor=true", "cherry-pick", "--continue"),
      "pick",
    ],
    ["git commit", (s) => s.fresh.git("commit", "-q", "-m", "in my words"), "pick"],
    [
      "git cherry-pick --quit, and two commits",
      (s) => {
        s.fresh.git("cherry-pick", "--quit");
        s.fresh.git("commit", "-q", "-m", "in my words");
        s.fresh.commit("and more", { "more.ts": "more\n" });
      },
      "pick",
    ],
    ["git cherry-pick --skip", (s) => s.fresh.git("cherry-pick", "--skip"), "drop"],
    ["git cherry-pick --abort", (s) => s.fresh.git("cherry-pick", "--abort"), "drop"],
    [
      "git cherry-pick --abort, and a commit of something else",
      (s) => {
        s.fresh.git("cherry-pick", "--abort");
        s.fresh.commit("something else", { "else.ts": "else\n" });
      },
      "drop",
    ],
  ];
  for (const [what, act, fate] of byHand) {
    it(`goes on after ${what}`, async () => {
      const { s } = await stuck();
      settle(s, "app.ts");
      act(s);
      const next = told(await s.goOn("continue"));
      assert.deepEqual([next.state, next.conflicts], ["conflict", ["log.ts"]]);
      assert.equal(fates(next)[1], `${fate} feat: quiet`);
      settle(s, "log.ts");
      assert.equal(told(await s.goOn("continue")).state, "done");
      assert.equal(s.subjects.includes("feat: csv"), true);
      assert.equal(/quiet/.test(s.h.text("feature-2:app.ts")), fate === "pick");
    });
  }

  it("waits where something is staged that nobody committed, or another pick is under way", async () => {
    const { s } = await stuck();
    settle(s, "app.ts");
    s.fresh.git("cherry-pick", "--quit");
    assert.equal(codeOf(await s.goOn("continue")), "uncommitted");
    s.fresh.git("commit", "-q", "-m", "by hand");
    assert.throws(() => s.fresh.git("cherry-pick", s.h.oid("feature~1")));
    assert.equal(codeOf(await s.goOn("continue")), "unfinished");
    s.fresh.git("cherry-pick", "--abort");
    assert.throws(() => s.fresh.git("merge", "feature"));
    assert.equal(codeOf(await s.goOn("continue")), "unfinished");
    s.fresh.git("merge", "--abort");
    s.fresh.git("switch", "-q", "--detach");
    assert.equal(codeOf(await s.goOn("continue")), "other-branch");
    s.fresh.git("switch", "-q", "feature-2");
    s.fresh.git("reset", "-q", "--hard", "feature~4");
    assert.equal(codeOf(await s.goOn("continue")), "moved-away");
    s.fresh.git("reset", "-q", "--hard", "origin/main");
    assert.equal(codeOf(await s.goOn("continue")), "conflict");
  });

  it("that is settled by the target's own side leaves its commit out", async () => {
    const { s } = await stuck();
    s.fresh.git("checkout", "--ours", "app.ts");
    s.fresh.git("add", "app.ts");
    assert.equal(fates(told(await s.goOn("continue")))[1], "drop feat: quiet");
  });

  it("goes on when what git complained about is put right: a hook, a file in the way", async () => {
    const { s } = await stuck();
    settle(s, "app.ts");
    const hook = path.join(s.dir, ".git/hooks/pre-commit");
    s.h.repo.write({ ".git/hooks/pre-commit": "#!/bin/sh\necho lint failed >&2\nexit 1\n" });
    chmodSync(hook, 0o755);
    const refused = await s.goOn("continue");
    assert.ok(!refused.ok);
    assert.equal(refused.refusal.code, "git-refused");
    assert.match(refused.refusal.message, /lint failed/);
    rmSync(hook);
    s.fresh.write({ "csv.ts": "somebody's\n" });
    assert.equal(codeOf(await s.goOn("continue")), "git-refused");
    assert.equal(readFileSync(path.join(s.fresh.dir, "csv.ts"), "utf8"), "somebody's\n");
    rmSync(path.join(s.fresh.dir, "csv.ts"));
    assert.equal(codeOf(await s.goOn("continue")), "conflict");
  });

  it("ends well where the worktree is gone", async () => {
    const { s } = await stuck();
    rmSync(s.fresh.dir, { recursive: true });
    assert.equal(codeOf(await s.goOn("continue")), "worktree-gone");
    assert.equal(told(await s.goOn("abort")).state, "aborted");
    s.h.repo.git("worktree", "prune");
    assert.equal(
      s.h.repo.git("for-each-ref", "refs/heads/feature-2", "refs/agent-foreman/rescue/feature"),
      "",
    );
    assert.equal((await s.recover()).state, "conflict");
    s.h.repo.git("worktree", "remove", "--force", s.fresh.dir);
    assert.equal(told(await s.goOn("abort")).state, "aborted");
    assert.equal(
      s.h.repo.git("for-each-ref", "refs/heads/feature-2", "refs/agent-foreman/rescue/feature"),
      "",
    );
  });

  it("is none where the repo's own attributes tell git how to merge", async () => {
    const s = new Stale();
    s.h.on("main", "chore: changelog", { ".gitattributes": "*.md merge=union\n", "changelog.md": "first\n" });
    s.h.repo.git("branch", "-f", "feature", "main");
    s.h.on("feature", "docs: mine", { "changelog.md": "first\nmine\n" });
    s.h.on("main", "docs: theirs", { "changelog.md": "first\ntheirs\n" });
    s.desk();
    const document = await s.recover();
    assert.deepEqual([document.state, ...fates(document)], ["done", "pick docs: mine"]);
    assert.equal(s.h.text("feature-2:changelog.md"), "first\ntheirs\nmine\n");
    assert.match(
      s.h.repo.git("log", "-1", "--format=%B", "feature-2"),
      /^docs: mine\n\n\(recovered from [0-9a-f]{40}\)$/,
    );
    assert.equal(s.fresh.git("status", "--porcelain"), "");
  });
});
