import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import path from "node:path";
import { openRepo, type Repo } from "../../src/git/repo";
import type { Outcome } from "../../src/model/outcome";
import { advance, begin } from "../../src/store/pending";
import { readRemovals } from "../../src/worktrees/removalNote";
import { removeWorktree } from "../../src/worktrees/remove";
import { settle } from "../../src/worktrees/settle";
import { undoRemoval } from "../../src/worktrees/undo";
import { bringBack } from "../../src/worktrees/undoSteps";
import { readFolder } from "../kit/folder";
import { TestRepo } from "../kit/repo";

function value<T>(outcome: Outcome<T>): T {
  assert.ok(outcome.ok, outcome.ok ? "" : JSON.stringify(outcome.refusal));
  return outcome.value;
}

function code(outcome: Outcome<unknown>): string {
  return outcome.ok ? "done" : outcome.refusal.code;
}

/** All that a person could see of a worktree and of the repo around it. */
function stateOf(main: TestRepo, tree: TestRepo) {
  return {
    files: readFolder(tree.dir),
    status: tree.git("status", "--porcelain=v2", "--branch", "--untracked-files=all", "--ignored"),
    index: tree.git("ls-files", "--stage", "-v"),
    ...aroundOf(main),
  };
}

function aroundOf(main: TestRepo) {
  return {
    list: main.git("worktree", "list", "--porcelain"),
    refs: main.git("for-each-ref", "refs/heads", "refs/remotes", "refs/agent-foreman/base"),
    config: main.git("config", "--local", "--list"),
  };
}

const firstFiles = {
  ".gitignore": ".env\n*.log\nnode_modules\ndist/\n",
  ".gitattributes": "*.txt text eol=lf\n",
  "staged.ts": "1\n",
  "unstaged.ts": "1\n",
  "both.ts": "1\n",
  "deleted.ts": "1\n",
  "deleted-staged.ts": "1\n",
  "renamed.ts": "a\nb\nc\nd\n",
  "run.sh": "#!/bin/sh\n",
  "becomes-folder": "1\n",
  "folder/becomes-file": "1\n",
  "becomes-link": "1\n",
  "hidden.json": "{}\n",
  "ends.txt": "a\n",
};

describe("worktrees/undo", () => {
  let main: TestRepo;
  let repo: Repo;
  let tree: TestRepo;

  beforeEach(async () => {
    main = TestRepo.withOrigin().repo;
    main.commit("base", firstFiles);
    main.git("push", "-q", "origin", "main");
    main.git("config", "core.autocrlf", "input");
    tree = main.at(path.join(path.dirname(main.dir), "repo.worktrees", "work"));
    main.git("worktree", "add", "-q", "-b", "agent/work", tree.dir);
    repo = value(await openRepo(main.dir));
  });

  it("gives back every kind of uncommitted work as it was", async () => {
    main.write({ "node_modules/left/index.js": "main's own\n" });
    main.git("config", "branch.agent/work.remote", "origin");
    main.git("config", "branch.agent/work.description", "two\nlines");
    main.git("update-ref", "refs/agent-foreman/base/agent/work", "main");
    tree.commit("own work", { "own.ts": "mine\n" });
    tree.write({ "staged.ts": "2\n", "both.ts": "2\n", "new-staged.ts": "new\n", "gone-after.ts": "x\n" });
    tree.git("mv", "renamed.ts", "after.ts");
    tree.git("rm", "-q", "deleted-staged.ts");
    tree.git("add", "-A");
    unlinkSync(path.join(tree.dir, "deleted.ts"));
    unlinkSync(path.join(tree.dir, "gone-after.ts"));
    unlinkSync(path.join(tree.dir, "becomes-folder"));
    unlinkSync(path.join(tree.dir, "becomes-link"));
    rmSync(path.join(tree.dir, "folder"), { recursive: true });
    tree.write({
      "both.ts": "3\n",
      "unstaged.ts": "2\n",
      "becomes-folder/inside": "1\n",
      folder: "now a file\n",
      ".env": "SECRET=1\n",
      "deep/er/some.log": "log\n",
      "dist/out.js": "built\n",
      'ä "quoted"\nname': "odd\n",
      "-dash": "x",
      "bytes.bin": Buffer.from([0, 255, 13, 10]),
      "ends.txt": "a\r\nb\r\n",
      "new.txt": "crlf\r\n",
      "intended.ts": "added with -N\n",
    });
    tree.git("add", "-N", "intended.ts");
    tree.git("update-index", "--skip-worktree", "hidden.json");
    tree.write({ "hidden.json": '{"local":true}\n' });
    chmodSync(path.join(tree.dir, "run.sh"), 0o755);
    chmodSync(path.join(tree.dir, ".env"), 0o600);
    symlinkSync("../elsewhere/that is not there", path.join(tree.dir, "becomes-link"));
    symlinkSync("both.ts", path.join(tree.dir, "new-link"));
    symlinkSync(path.join(main.dir, "node_modules"), path.join(tree.dir, "node_modules"));
    const before = stateOf(main, tree);
    const head = tree.git("rev-parse", "HEAD");

    const removed = value(await removeWorktree(repo, tree.dir, { anyway: true }));

    assert.equal(existsSync(path.dirname(tree.dir)), false, "the empty container goes too");
    assert.equal(readFileSync(path.join(main.dir, "node_modules/left/index.js"), "utf8"), "main's own\n");
    assert.equal(main.git("for-each-ref", "refs/heads", "--format=%(refname)"), "refs/heads/main");
    assert.doesNotMatch(main.git("config", "--local", "--list"), /branch\.agent/);
    assert.equal(main.git("for-each-ref", "refs/agent-foreman/base"), "");
    assert.equal(main.git("rev-parse", `${removed.rescueRef}^1`), head);
    assert.deepEqual(
      { ...removed, id: "", rescueRef: "" },
      {
        id: "",
        path: tree.dir,
        branch: "agent/work",
        head,
        branchDeleted: true,
        merged: false,
        rescueRef: "",
        reflogCommits: 0,
        keptFiles: [".env", "deep/er/some.log"],
        goneFolders: ["dist/"],
        leftover: null,
        warnings: [],
      },
    );

    const restored = value(await undoRemoval(repo));

    assert.deepEqual(restored.missingFolders, ["dist/"]);
    mkdirSync(path.join(tree.dir, "dist"));
    tree.write({ "dist/out.js": "built\n" });
    assert.deepEqual(stateOf(main, tree), before);
    assert.notEqual(main.git("rev-parse", removed.rescueRef), "");
    assert.equal(code(await undoRemoval(repo)), "nothing-to-undo");
  });

  it("moves aside, and does not delete, what somebody did in a worktree that was only half brought back", async () => {
    tree.write({ ".env": "SECRET=1\n", "new.ts": "1\n" });
    const removed = value(await removeWorktree(repo, tree.dir, { anyway: true }));
    const removal = (await readRemovals(repo)).at(-1);
    assert.ok(removal);
    const interrupted = async (id: string) => {
      const undo = { id, removal, makesBranch: true };
      const pending = await begin(repo.commonDir, "undo", { undo, at: new Date().toISOString() }, id);
      assert.equal(await bringBack(repo, undo), null);
      await advance(repo.commonDir, pending, { givenUp: true });
    };

    await interrupted("untouched");
    await settle(repo);
    assert.equal(existsSync(path.dirname(tree.dir)), false);

    const theirs: readonly (readonly [name: string, content: string])[] = [
      ["theirs.ts", "theirs\n"],
      ["readme.md", "changed\n"],
      [".env", "SECRET=2\n"],
      ["theirs.log", "ignored\n"],
      ["node_modules/theirs.js", "in an ignored folder\n"],
    ];
    for (const [at, [name, content]] of theirs.entries()) {
      await interrupted(`worked-in-${at}`);
      mkdirSync(path.dirname(path.join(tree.dir, name)), { recursive: true });
      tree.write({ [name]: content });
      const [note] = await settle(repo);
      const aside = `${tree.dir}.unfinished-worked-in-${at}`;
      assert.ok(note?.message.endsWith(`${aside}.`), name);
      assert.equal(readFileSync(path.join(aside, name), "utf8"), content);
      assert.equal(existsSync(tree.dir), false);
      assert.equal(main.git("for-each-ref", "refs/heads", "--format=%(refname)"), "refs/heads/main");
    }
    assert.equal(value(await undoRemoval(repo)).id, removed.id);
  });
});
