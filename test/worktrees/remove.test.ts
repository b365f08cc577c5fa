import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { openRepo, type Repo } from "../../src/git/repo";
import type { Outcome } from "../../src/model/outcome";
import { LockBusyError } from "../../src/store/lock";
import { pendingDir } from "../../src/store/pending";
import { refusingFaults } from "../../src/worktrees/expectedFaults";
import { park } from "../../src/worktrees/removalSteps";
import { planRemovalOf, removeWorktree } from "../../src/worktrees/remove";
import { removeMerged } from "../../src/worktrees/removeMerged";
import { undoRemoval } from "../../src/worktrees/undo";
import { readFolder } from "../kit/folder";
import { TestRepo } from "../kit/repo";

function value<T>(outcome: Outcome<T>): T {
  assert.ok(outcome.ok, outcome.ok ? "" : JSON.stringify(outcome.refusal));
  return outcome.value;
}

/** `done`, or the refusal's code. */
function code(outcome: Outcome<unknown>): string {
  return outcome.ok ? "done" : outcome.refusal.code;
}

describe("worktrees/remove", () => {
  let main: TestRepo;
  let repo: Repo;
  let tree: TestRepo;

  beforeEach(async () => {
    main = TestRepo.withOrigin().repo;
    repo = value(await openRepo(main.dir));
    tree = addWorktree("work");
  });

  function addWorktree(name: string, ...start: string[]): TestRepo {
    const dir = path.join(path.dirname(main.dir), "repo.worktrees", name);
    main.git("worktree", "add", "-q", ...(start.length > 0 ? start : ["-b", `agent/${name}`]), dir);
    return main.at(dir);
  }

  /** Commits on the worktree's branch, which the target then has. */
  function land(worktree: TestRepo, file: string): void {
    worktree.commit(`feat: ${file}`, { [file]: "1\n" });
    const branch = worktree.git("rev-parse", "--abbrev-ref", "HEAD");
    main.git("merge", "-q", "--no-ff", "-m", `merge ${file}`, branch);
    main.git("push", "-q", "origin", "main");
  }

  async function codes(worktree = tree, options = {}): Promise<string[]> {
    const plan = value(await planRemovalOf(repo, worktree.dir, options));
    return plan.allowed ? [] : plan.reasons.map((reason) => reason.code);
  }

  const adminOf = (worktree: TestRepo) => worktree.git("rev-parse", "--absolute-git-dir");

  /** What makes a worktree refused, and with what. */
  const refusals: readonly (readonly [string, readonly string[], () => unknown])[] = [
    ["that is locked", ["locked"], () => main.git("worktree", "lock", "--reason", "agent", tree.dir)],
    ["with an untracked file", ["dirty"], () => tree.write({ "new.ts": "1" })],
    ["with a changed file", ["dirty"], () => tree.write({ "readme.md": "2" })],
    ["with a changed mode", ["dirty"], () => chmodSync(path.join(tree.dir, "readme.md"), 0o755)],
    [
      "with a change that skip-worktree hides",
      ["dirty"],
      () => {
        tree.git("update-index", "--skip-worktree", "readme.md");
        tree.write({ "readme.md": "2" });
      },
    ],
    [
      "with a change that assume-unchanged hides",
      ["dirty"],
      () => {
        tree.git("update-index", "--assume-unchanged", "readme.md");
        tree.write({ "readme.md": "2" });
      },
    ],
    [
      "with a file that settings hide",
      ["dirty"],
      () => {
        main.git("config", "status.showUntrackedFiles", "no");
        tree.write({ "new.ts": "1" });
      },
    ],
    ["with commits of its own", ["not-landed"], () => tree.commit("own", { "own.ts": "1" })],
    [
      "in a merge",
      ["unfinished"],
      () => {
        main.commit("theirs", { "theirs.ts": "1" });
        tree.git("commit", "-q", "--allow-empty", "-m", "own");
        tree.git("merge", "-q", "--no-commit", "--no-ff", "main");
      },
    ],
    ["in a bisect", ["unfinished"], () => tree.git("bisect", "start")],
    [
      "in a conflict",
      ["unfinished", "conflicts"],
      () => {
        main.commit("theirs", { "readme.md": "theirs" });
        tree.commit("ours", { "readme.md": "ours" });
        assert.throws(() => tree.git("cherry-pick", "main"));
      },
    ],
    ["with git at work", ["git-busy"], () => writeFileSync(path.join(adminOf(tree), "index.lock"), "")],
    [
      "with a repo in it",
      ["unkeepable", "dirty"],
      () => TestRepo.init(path.join(tree.dir, "vendor/lib")).commit("x", { a: "1" }),
    ],
    [
      "with a repo in an ignored folder",
      ["unkeepable"],
      () => {
        writeFileSync(path.join(main.dir, ".git/info/exclude"), "vendor/\n");
        TestRepo.init(path.join(tree.dir, "vendor/lib")).commit("x", { a: "1" });
      },
    ],
    [
      "with a repo deep in an ignored folder",
      ["unkeepable"],
      () => {
        writeFileSync(path.join(main.dir, ".git/info/exclude"), "data/\n");
        TestRepo.init(path.join(tree.dir, "data/clones/org/lib")).commit("x", { a: "1" });
      },
    ],
    [
      "with a worktree in it",
      ["holds-worktrees", "unkeepable", "dirty"],
      () => tree.git("worktree", "add", "-q", "-b", "inner", path.join(tree.dir, ".claude/worktrees/inner")),
    ],
    [
      "whose folder is another repo's",
      ["unknown-files"],
      () => {
        rmSync(path.join(tree.dir, ".git"));
        TestRepo.init(tree.dir).commit("other");
      },
    ],
    ["with a broken index", ["unknown-files"], () => writeFileSync(path.join(adminOf(tree), "index"), "?")],
    [
      "whose target is not known",
      ["unknown-commits"],
      () => {
        main.git("remote", "add", "other", main.dir);
        main.git("remote", "rename", "origin", "third");
      },
    ],
  ];

  for (const [what, expected, make] of refusals) {
    it(`refuses one ${what}, and leaves it as it is`, async () => {
      make();
      const before = readFolder(tree.dir);
      const found = await codes();
      for (const reason of expected) assert.ok(found.includes(reason), `${reason} not in ${found}`);
      assert.equal(code(await removeWorktree(repo, tree.dir)), found[0]);
      assert.deepEqual(readFolder(tree.dir), before);
      assert.match(main.git("worktree", "list"), /repo\.worktrees\/work/);
      assert.equal(main.git("for-each-ref", "refs/agent-foreman"), "");
    });
  }

  it("refuses the main worktree, an unknown path, and the one we are in", async () => {
    assert.equal(code(await removeWorktree(repo, main.dir)), "main-worktree");
    assert.equal(code(await removeWorktree(repo, path.join(main.dir, "nowhere"))), "no-worktree");
    const inside = value(await openRepo(tree.dir));
    assert.equal(code(await removeWorktree(inside, tree.dir)), "current");
  });

  it("refuses one with a process in it, by name", async () => {
    mkdirSync(path.join(tree.dir, "deep"));
    const sleeper = spawn("sleep", ["60"], { cwd: path.join(tree.dir, "deep") });
    try {
      const outcome = await removeWorktree(repo, tree.dir, { anyway: true });
      assert.ok(!outcome.ok);
      assert.deepEqual(
        [outcome.refusal.code, outcome.refusal.message],
        ["live", `In use by sleep (process ${sleeper.pid}).`],
      );
    } finally {
      sleeper.kill();
    }
  });

  it("never overrides a lock, not even anyway", async () => {
    main.git("worktree", "lock", tree.dir);
    assert.equal(code(await removeWorktree(repo, tree.dir, { anyway: true })), "locked");
    assert.match(main.git("worktree", "list", "--porcelain"), /^locked$/m);
  });

  it("removes a merged one with its branch, and brings it back", async () => {
    land(tree, "csv.ts");
    const before = [readFolder(tree.dir), main.git("for-each-ref", "refs/heads"), tree.git("status", "-b")];
    const removed = value(await removeWorktree(repo, tree.dir));
    assert.deepEqual([removed.merged, removed.branchDeleted], [true, true]);
    assert.equal(main.git("rev-parse", removed.rescueRef), removed.head);
    assert.equal(
      main.git("worktree", "list"),
      `${main.dir}  ${main.git("rev-parse", "--short", "main")} [main]`,
    );
    assert.deepEqual(readdirSync(pendingDir(repo.commonDir)), []);
    assert.equal(value(await undoRemoval(repo, removed.id)).path, tree.dir);
    assert.deepEqual(
      [readFolder(tree.dir), main.git("for-each-ref", "refs/heads"), tree.git("status", "-b")],
      before,
    );
  });

  it("removes one without own commits, and does not call it merged", async () => {
    assert.equal(value(await removeWorktree(repo, tree.dir)).merged, false);
  });

  it("keeps a branch on request, one checked out elsewhere, and the target", async () => {
    tree.commit("own", { "own.ts": "1" });
    assert.equal(value(await removeWorktree(repo, tree.dir, { keepBranch: true })).branchDeleted, false);
    assert.notEqual(main.git("rev-parse", "agent/work"), "");
    value(await undoRemoval(repo));
    const twin = addWorktree("twin", "--force", "--detach");
    twin.git("checkout", "-q", "--ignore-other-worktrees", "agent/work");
    assert.equal(value(await removeWorktree(repo, twin.dir)).branchDeleted, false);
    main.git("checkout", "-q", "--detach");
    tree.git("checkout", "-q", "main");
    assert.equal(value(await removeWorktree(repo, tree.dir)).branchDeleted, false);
    assert.notEqual(main.git("rev-parse", "main"), "");
  });

  it("removes a detached one, with its own commits in the rescue", async () => {
    const detached = addWorktree("review", "--detach");
    const head = detached.commit("own", { "own.ts": "1" });
    assert.deepEqual(await codes(detached), ["not-landed"]);
    const removed = value(await removeWorktree(repo, detached.dir, { anyway: true }));
    assert.match(removed.rescueRef, /^refs\/agent-foreman\/rescue\/detached-review\/\d{8}T\d{9}Z$/);
    assert.equal(main.git("rev-parse", removed.rescueRef), head);
    const restored = value(await undoRemoval(repo));
    assert.deepEqual([restored.branch, restored.head], [null, head]);
    assert.equal(detached.git("status", "--porcelain"), "");
  });

  it("keeps commits that only the reflog of a detached one had", async () => {
    const detached = addWorktree("codex", "--detach");
    const first = detached.commit("first", { "first.ts": "1" });
    detached.git("checkout", "-q", "--detach", "origin/main");
    const second = detached.commit("second", { "second.ts": "1" });
    detached.commit("third", { "third.ts": "1" });
    detached.git("update-ref", "refs/worktree/mine", "HEAD");
    detached.git("checkout", "-q", "--detach", "origin/main");
    const head = detached.git("rev-parse", "HEAD");
    const removed = value(await removeWorktree(repo, detached.dir));
    assert.deepEqual([removed.head, removed.reflogCommits], [head, 3]);
    main.git("gc", "-q", "--prune=now");
    for (const oid of [first, second])
      assert.equal(main.git("for-each-ref", "--contains", oid, "--format=%(refname)"), removed.rescueRef);
    value(await undoRemoval(repo));
    assert.deepEqual([detached.git("rev-parse", "HEAD"), detached.git("status", "--porcelain")], [head, ""]);
    assert.equal(value(await removeWorktree(repo, detached.dir)).reflogCommits, 0);
  });

  it("keeps what a branch was reset away from beside uncommitted work", async () => {
    land(tree, "csv.ts");
    const lost = tree.commit("taken off", { "lost.ts": "1" });
    tree.git("reset", "-q", "--hard", "HEAD~1");
    tree.write({ "new.ts": "1" });
    const head = tree.git("rev-parse", "HEAD");
    // The worktree's own log of its head goes in any case.
    assert.equal(
      value(await removeWorktree(repo, tree.dir, { anyway: true, keepBranch: true })).reflogCommits,
      1,
    );
    const { rescueRef } = value(await undoRemoval(repo));
    main.git("update-ref", "-d", rescueRef);
    const removed = value(await removeWorktree(repo, tree.dir, { anyway: true }));
    assert.equal(removed.reflogCommits, 1);
    main.git("reflog", "expire", "--all", "--expire=now");
    main.git("gc", "-q", "--prune=now");
    assert.equal(main.git("rev-list", "-1", lost), lost);
    assert.equal(main.git("rev-parse", `${removed.rescueRef}^1`), head);
    value(await undoRemoval(repo));
    assert.equal(tree.git("status", "--porcelain"), "?? new.ts");
  });

  it("removes git's entry of a missing one, and what was staged there comes back", async () => {
    tree.write({ "staged.ts": "1\n" });
    tree.git("add", "-A");
    rmSync(tree.dir, { recursive: true });
    const removed = value(await removeWorktree(repo, tree.dir));
    assert.equal(removed.branchDeleted, true);
    value(await undoRemoval(repo));
    assert.equal(tree.git("status", "--porcelain"), "A  staged.ts");
    assert.ok(existsSync(path.join(tree.dir, "staged.ts")));
  });

  it("does not take one for deleted that cannot be looked at, or whose drive may not be connected", async () => {
    const container = path.dirname(tree.dir);
    renameSync(container, `${container}.away`);
    assert.deepEqual(await codes(), ["out-of-reach"]);
    assert.deepEqual(await codes(tree, { anyway: true }), []);
    // A link to itself answers neither with the folder nor with its absence, even to an administrator.
    symlinkSync(container, container);
    assert.deepEqual(await codes(tree, { anyway: true }), ["not-readable"]);
    assert.equal(code(await removeWorktree(repo, tree.dir, { anyway: true })), "not-readable");
    assert.notEqual(main.git("rev-parse", "agent/work"), "");
  });

  it("counts the commits of a missing one's branch", async () => {
    tree.commit("own", { "own.ts": "1" });
    rmSync(tree.dir, { recursive: true });
    assert.deepEqual(await codes(), ["not-landed"]);
  });

  it("never goes through a link, wherever it lies", async () => {
    writeFileSync(path.join(main.dir, ".git/info/exclude"), "/node_modules\ncache/\n");
    main.write({ "node_modules/lib/index.js": "main's\n" });
    symlinkSync(path.join(main.dir, "node_modules"), path.join(tree.dir, "node_modules"));
    mkdirSync(path.join(tree.dir, "cache/deep"), { recursive: true });
    symlinkSync(main.dir, path.join(tree.dir, "cache/deep/up"));
    chmodSync(path.join(tree.dir, "cache/deep"), 0o500);
    const before = readFolder(main.dir);
    value(await removeWorktree(repo, tree.dir));
    assert.equal(existsSync(path.dirname(tree.dir)), false);
    assert.deepEqual(readFolder(main.dir), before);
    value(await undoRemoval(repo));
    assert.ok(lstatSync(path.join(tree.dir, "node_modules")).isSymbolicLink());
  });

  it("keeps ignored folders that nobody can make again, whatever is in them, and says what it does not keep", async () => {
    writeFileSync(path.join(main.dir, ".git/info/exclude"), "data/\nnode_modules/\n");
    tree.write({
      "data/results.csv": "measured for days\n",
      "data/run.sh": "#!/bin/sh\n",
      "data/deep/er/log": "1\n",
      "node_modules/lib/index.js": "1\n",
      "pkg/data/own.txt": "1\n",
    });
    symlinkSync("results.csv", path.join(tree.dir, "data/latest"));
    symlinkSync("/nowhere/at all", path.join(tree.dir, "data/dangling"));
    symlinkSync(main.dir, path.join(tree.dir, "data/up"));
    chmodSync(path.join(tree.dir, "data/run.sh"), 0o755);
    chmodSync(path.join(tree.dir, "data/deep"), 0o500);
    chmodSync(path.join(tree.dir, "data"), 0o500);
    const before = readFolder(tree.dir);
    const removed = value(await removeWorktree(repo, tree.dir));
    assert.deepEqual(
      [removed.keptFiles, removed.goneFolders, removed.leftover],
      [["data/", "pkg/data/"], ["node_modules/"], null],
    );
    assert.equal(existsSync(path.dirname(tree.dir)), false);
    const restored = value(await undoRemoval(repo));
    assert.deepEqual(restored.missingFolders, ["node_modules/"]);
    tree.write({ "node_modules/lib/index.js": "1\n" });
    assert.deepEqual(readFolder(tree.dir), before);
    const modes = ["data", "data/deep"].map((name) => lstatSync(path.join(tree.dir, name)).mode & 0o777);
    assert.deepEqual(modes, [0o500, 0o500]);
  });

  it("does not take a link to the main worktree's folder for somebody's work", async () => {
    // The pattern is for a folder, so git shows the link as untracked.
    writeFileSync(path.join(main.dir, ".git/info/exclude"), "node_modules/\n");
    main.write({ "node_modules/lib/index.js": "main's\n" });
    symlinkSync("../../repo/node_modules", path.join(tree.dir, "node_modules"));
    assert.deepEqual(await codes(), []);
    main.write({ "other/file": "1" });
    symlinkSync("../../repo/other", path.join(tree.dir, "wanted"));
    assert.deepEqual(await codes(), ["dirty"]);
  });

  it("keeps the submodules' own commits, and refuses uncommitted work in them", async () => {
    const library = TestRepo.init(path.join(path.dirname(main.dir), "library"));
    library.commit("lib", { "lib.ts": "1\n" });
    main.git("config", "protocol.file.allow", "always");
    tree.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.dir, "lib");
    const inside = tree.at("lib");
    inside.commit("only here", { "lib.ts": "2\n" });
    tree.commit("use it");
    inside.write({ "lib.ts": "3\n" });
    assert.ok((await codes(tree, { anyway: true })).includes("unkeepable"));
    inside.git("checkout", "-q", "lib.ts");
    const before = [
      readFolder(tree.dir),
      tree.git("status", "--porcelain=v2"),
      inside.git("rev-parse", "HEAD"),
    ];
    value(await removeWorktree(repo, tree.dir, { anyway: true }));
    value(await undoRemoval(repo));
    assert.deepEqual(
      [readFolder(tree.dir), tree.git("status", "--porcelain=v2"), inside.git("rev-parse", "HEAD")],
      before,
    );
  });

  it("shows what a sparse checkout showed, and nothing else, after an undo", async () => {
    land(tree, "deep/a.ts");
    tree.commit("more", { "other/b.ts": "1\n" });
    tree.git("sparse-checkout", "set", "deep");
    tree.write({ "outside/c.ts": "untracked\n" });
    const before = [
      readFolder(tree.dir),
      tree.git("status", "--porcelain=v2"),
      tree.git("sparse-checkout", "list"),
    ];
    value(await removeWorktree(repo, tree.dir, { anyway: true }));
    value(await undoRemoval(repo));
    assert.deepEqual(
      [readFolder(tree.dir), tree.git("status", "--porcelain=v2"), tree.git("sparse-checkout", "list")],
      before,
    );
  });

  it("says why an undo is not possible now, and does it later", async () => {
    const removed = value(await removeWorktree(repo, tree.dir));
    mkdirSync(tree.dir, { recursive: true });
    assert.equal(code(await undoRemoval(repo)), "path-taken");
    rmSync(tree.dir, { recursive: true });
    main.git("branch", "agent/work", "main");
    main.git("commit", "-q", "--allow-empty", "-m", "on");
    main.git("branch", "-f", "agent/work", "main");
    assert.equal(code(await undoRemoval(repo)), "branch-moved");
    main.git("branch", "-f", "agent/work", removed.head);
    const other = addWorktree("other", "--force");
    other.git("checkout", "-q", "agent/work");
    assert.equal(code(await undoRemoval(repo)), "branch-in-use");
    other.git("checkout", "-q", "--detach");
    main.git("branch", "-D", "-q", "agent/work");
    main.git("branch", "agent/work/x");
    assert.equal(code(await undoRemoval(repo)), "branch-name-taken");
    assert.equal(existsSync(tree.dir), false);
    main.git("branch", "-D", "-q", "agent/work/x");
    value(await undoRemoval(repo));
    assert.equal(code(await undoRemoval(repo)), "nothing-to-undo");
  });

  it("finds one whose container is reached by a link", async () => {
    const container = path.dirname(tree.dir);
    renameSync(container, `${container}.real`);
    symlinkSync(`${container}.real`, container);
    value(await removeWorktree(repo, tree.dir));
    assert.deepEqual(readdirSync(`${container}.real`), []);
  });

  it("is cancelled while it waits for another process, as an undo is", async () => {
    const notes = path.join(repo.commonDir, "agent-foreman");
    mkdirSync(notes, { recursive: true });
    const holder = { pid: 1, host: "elsewhere", startedAt: null, token: "aa", what: "x", since: "2026" };
    writeFileSync(path.join(notes, "lock.9"), `held ${JSON.stringify(holder)}\n`);
    const signal = () => AbortSignal.timeout(50);
    assert.equal(code(await removeWorktree(repo, tree.dir, { signal: signal() })), "cancelled");
    assert.equal(code(await undoRemoval(repo, undefined, { signal: signal() })), "cancelled");
    assert.ok(existsSync(tree.dir));
  });

  it("says that the disk does not take it, and that another process has the repo", async () => {
    const said = { cancelled: "", untouched: "", begun: "" };
    const failing = (error: Error) => refusingFaults(undefined, said, () => Promise.reject(error));
    const full = Object.assign(new Error("no space left"), { code: "ENOSPC" });
    assert.equal(code(await failing(full)), "cannot-write");
    assert.equal(code(await failing(new LockBusyError(null))), "busy");
    await assert.rejects(failing(new Error("a bug")), /a bug/);
  });

  it("says that a folder cannot be moved", async () => {
    const parked = path.join(tree.dir, "not there", "x");
    const refusal = await park({ path: tree.dir, parked });
    assert.equal(refusal?.code, process.platform === "win32" ? "in-use" : "cannot-move");
    assert.ok(existsSync(tree.dir));
  });

  /** Has git run a command at the moment when the rescue is made, between the look at a worktree and its removal. */
  function meanwhile(command: string): void {
    const hook = path.join(main.dir, ".git/hooks/reference-transaction");
    writeFileSync(hook, `#!/bin/sh\n[ "$1" = committed ] && grep -q rescue && ${command}\nexit 0\n`, {
      mode: 0o755,
    });
  }

  const interferences: readonly (readonly [string, () => string, string])[] = [
    ["writes a file there", () => `echo late >"${tree.dir}/late.ts"`, "files or commits were changed there"],
    [
      "writes a file that was dirty already",
      () => `echo late >"${tree.dir}/new.ts"`,
      "files or commits were changed there",
    ],
    ["locks it", () => `echo agent >"${adminOf(tree)}/locked"`, "it was locked"],
    ["begins a bisect there", () => `touch "${adminOf(tree)}/BISECT_LOG"`, "git began something there"],
  ];

  for (const [what, command, why] of interferences) {
    it(`takes it back when somebody ${what} meanwhile`, async () => {
      tree.write({ "new.ts": "1\n" });
      meanwhile(command());
      const outcome = await removeWorktree(repo, tree.dir, { anyway: true });
      assert.ok(!outcome.ok);
      assert.equal(outcome.refusal.code, "changed-meanwhile");
      assert.match(outcome.refusal.message, new RegExp(why));
      assert.match(tree.git("status", "--porcelain"), /new\.ts/);
      assert.equal(existsSync(path.join(tree.dir, "late.ts")), what === "writes a file there");
      assert.deepEqual(readdirSync(path.dirname(tree.dir)), ["work"]);
      assert.equal(main.git("for-each-ref", "refs/agent-foreman"), "");
      assert.deepEqual(readdirSync(pendingDir(repo.commonDir)), []);
    });
  }

  it("removes all that have landed, and says of each other one why not", async () => {
    land(tree, "csv.ts");
    const empty = addWorktree("empty");
    const dirty = addWorktree("dirty");
    land(dirty, "pdf.ts");
    dirty.write({ "new.ts": "1" });
    const last = addWorktree("last");
    land(last, "xls.ts");
    const all = [tree, empty, dirty, last];
    const results = await removeMerged(
      repo,
      all.map(({ dir }) => dir),
    );
    assert.deepEqual(
      results.map(({ result }) => code(result)),
      ["done", "not-merged", "dirty", "done"],
    );
    assert.deepEqual(
      all.map(({ dir }) => existsSync(dir)),
      [false, true, true, false],
    );
  });
});
