import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { NewWorktree } from "../../src/worktrees/create";
import { readRecords } from "../../src/worktrees/record";
import { TestRepo, tempDir } from "../kit/repo";
import { codeOf, create, opened, traces, value } from "./kit";

function hook(repo: TestRepo, name: string, body: string): void {
  const file = path.join(repo.dir, ".git", "hooks", name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}

describe("worktrees/create", () => {
  it("makes a branch and a folder off what the remote has right now", async () => {
    const { repo, origin } = TestRepo.withOrigin();
    const other = TestRepo.init(path.join(tempDir(), "other"));
    other.git("pull", "-q", origin.dir, "main");
    const tip = other.commit("second", { "src/new.ts": "new\n" });
    other.git("push", "-q", origin.dir, "main");

    const before = new Date().toISOString();
    const made = value(await create(repo, { name: "CSV export", agent: "claude", task: "Export as CSV" }));
    const folder = path.join(path.dirname(repo.dir), "repo.worktrees", "csv-export");
    const { id, createdAt, base, ...rest } = made;
    assert.deepEqual(rest, {
      path: folder,
      branch: "agent/csv-export",
      agent: "claude",
      task: "Export as CSV",
      setup: null,
      submodules: "none",
      copied: [],
      linked: [],
      notes: [],
    });
    assert.ok(base.fetchedAt !== null && base.fetchedAt >= before && createdAt >= before && id !== "");
    assert.deepEqual(
      { ...base, fetchedAt: null },
      { ref: "refs/remotes/origin/main", oid: tip, fetchedAt: null },
    );

    assert.equal(readFileSync(path.join(folder, "src/new.ts"), "utf8"), "new\n");
    assert.equal(repo.at(folder).git("status", "--porcelain", "--branch"), "## agent/csv-export");
    assert.equal(repo.git("rev-parse", "refs/agent-foreman/base/agent/csv-export"), tip);
    assert.throws(() => repo.git("config", "--get-regexp", "^branch\\."), "no tracking is set up");
    const records = await readRecords(await opened(repo));
    assert.deepEqual(records.get("agent/csv-export"), {
      id,
      path: folder,
      branch: "agent/csv-export",
      base,
      agent: "claude",
      task: "Export as CSV",
      createdAt,
      setup: null,
    });
    assert.deepEqual((traces(repo) as { pending: string[] }).pending, []);
  });

  it("starts from a local branch, a tag or a commit when told", async () => {
    const { repo } = TestRepo.withOrigin();
    const first = repo.git("rev-parse", "HEAD");
    repo.git("tag", "v1");
    const second = repo.commit("second", { a: "a" });
    const bases = [];
    for (const base of [
      "main",
      "v1",
      first,
      "HEAD~1",
      "origin/main",
      "origin/HEAD",
      "refs/remotes/origin/main",
    ]) {
      const { ref, oid, fetchedAt } = value(await create(repo, { name: `from ${base}`, base })).base;
      bases.push([base, ref, oid, fetchedAt === null ? "not fetched" : "fetched"]);
    }
    assert.deepEqual(bases, [
      ["main", "refs/heads/main", second, "not fetched"],
      ["v1", first, first, "not fetched"],
      [first, first, first, "not fetched"],
      ["HEAD~1", first, first, "not fetched"],
      ["origin/main", "refs/remotes/origin/main", first, "fetched"],
      ["origin/HEAD", "refs/remotes/origin/main", first, "fetched"],
      ["refs/remotes/origin/main", "refs/remotes/origin/main", first, "fetched"],
    ]);
  });

  describe("works on", () => {
    it("a repo without a remote", async () => {
      const repo = TestRepo.init();
      const oid = repo.commit("first", { a: "a" });
      assert.deepEqual(value(await create(repo, "x")).base, { ref: "refs/heads/main", oid, fetchedAt: null });
    });

    it("a bare clone, with its worktrees beside it", async () => {
      const { origin } = TestRepo.withOrigin();
      const root = tempDir();
      TestRepo.at(root).git("clone", "-q", "--bare", origin.dir, "x.git");
      const made = value(await create(TestRepo.at(path.join(root, "x.git")), "a"));
      assert.equal(made.path, path.join(root, "x.worktrees", "a"));
      assert.ok(existsSync(path.join(made.path, "readme.md")));
    });

    it("a detached HEAD, a linked worktree and a shallow clone", async () => {
      const { repo, origin } = TestRepo.withOrigin();
      repo.commit("second", { b: "b" });
      repo.git("push", "-q", "origin", "main");
      repo.git("checkout", "-q", "--detach", "HEAD~1");
      const first = value(await create(repo, "a"));
      assert.equal(
        value(await create(repo.at(first.path), "b")).path,
        path.join(path.dirname(first.path), "b"),
      );
      const root = tempDir();
      TestRepo.at(root).git("clone", "-q", "--depth=1", `file://${origin.dir}`, "shallow");
      assert.equal(codeOf(await create(TestRepo.at(path.join(root, "shallow")), "a")), "ok");
    });

    it("a path that is given, even inside the repo, and through a link", async () => {
      const { repo } = TestRepo.withOrigin();
      const inside = value(await create(repo, { name: "a", path: "desks/deep/a b" }));
      assert.equal(inside.path, path.join(repo.dir, "desks/deep/a b"));
      const root = tempDir();
      repo.git("init", "-q", path.join(root, "real"));
      symlinkSync(path.join(root, "real"), path.join(root, "link"));
      const linked = value(await create(repo, { name: "b", path: path.join(root, "link", "b") }));
      assert.equal(linked.path, path.join(root, "real", "b"));
    });

    it("a sparse checkout, which the new worktree inherits", async () => {
      const { repo } = TestRepo.withOrigin();
      repo.commit("more", { "in/a": "a", "out/b": "b" });
      repo.git("push", "-q", "origin", "main");
      repo.git("sparse-checkout", "set", "in");
      const made = value(await create(repo, "a"));
      assert.deepEqual(
        ["in", "out", "readme.md"].map((name) => existsSync(path.join(made.path, name))),
        [true, false, true],
      );
    });
  });

  describe("furnishes it with", () => {
    it("links and ignored files, hidden from git, and says what was not possible", async () => {
      const { repo } = TestRepo.withOrigin();
      repo.commit("settings", {
        ".gitignore": "node_modules/\n.env\n/.claude/worktrees/\n",
        ".worktreeinclude": ".env\n.claude/worktrees/\n",
        ".claude/settings.json": '{ "worktree": { "symlinkDirectories": ["node_modules", "../.."] } }',
      });
      repo.git("push", "-q", "origin", "main");
      repo.write({ ".env": "A=1\n", "node_modules/x/index.js": "", ".claude/worktrees/notes": "" });
      value(await create(repo, { name: "first", path: ".claude/worktrees/first" }));
      const made = value(await create(repo, { name: "second", path: ".claude/worktrees/second" }));
      const { linked, copied, notes } = made;
      assert.deepEqual(
        { linked, copied, notes },
        {
          linked: ["node_modules"],
          copied: [".claude/worktrees/notes", ".env"],
          notes: ["‘../..’ was not linked: it is not a folder inside the main worktree."],
        },
      );
      assert.equal(repo.at(made.path).git("status", "--porcelain"), "");
    });

    it("submodules, nested ones too, without asking any server", async () => {
      const leaf = TestRepo.init();
      leaf.commit("leaf", { leaf: "leaf\n" });
      const lib = TestRepo.init();
      const allow = ["-c", "protocol.file.allow=always"];
      lib.commit("lib", { lib: "lib\n" });
      lib.git(...allow, "submodule", "--quiet", "add", leaf.dir, "deep");
      lib.commit("with a submodule");
      const { repo } = TestRepo.withOrigin();
      repo.git(...allow, "submodule", "--quiet", "add", lib.dir, "vendor/lib");
      repo.git(...allow, "submodule", "--quiet", "update", "--init", "--recursive");
      repo.commit("with a submodule");
      repo.git("push", "-q", "origin", "main");
      rmSync(leaf.dir, { recursive: true });
      const made = value(await create(repo, "a"));
      assert.equal(made.submodules, "ready");
      const at = repo.at(made.path);
      assert.equal(readFileSync(path.join(made.path, "vendor/lib/deep/leaf"), "utf8"), "leaf\n");
      assert.match(
        at.git("submodule", "status", "--recursive"),
        /^ \w+ vendor\/lib .*\n \w+ vendor\/lib\/deep /,
      );
      assert.equal(at.at("vendor/lib").git("config", "remote.origin.url"), lib.dir);

      rmSync(path.join(repo.dir, ".git/modules"), { recursive: true });
      const bare = value(await create(repo, "b"));
      assert.deepEqual(
        [bare.submodules, bare.notes],
        [
          "not-initialised",
          [
            "Its submodules are empty, because this machine lacks their commits. In it: git submodule update --init --recursive",
          ],
        ],
      );
    });
  });

  describe("refuses, and leaves everything as it was,", () => {
    const a = { name: "a" };
    const cases: [string, NewWorktree, string, ((repo: TestRepo) => void)?][] = [
      ["a name of nothing", { name: "..." }, "bad-name"],
      ["a bad branch", { name: "a", branch: "a..b" }, "bad-branch"],
      ["a bad prefix", { name: "a", branchPrefix: "-" }, "bad-branch"],
      ["an unknown base", { name: "a", base: "nowhere" }, "unknown-base"],
      ["a base that is an option", { name: "a", base: "--all" }, "unknown-base"],
      ["a base the remote does not have", { name: "a", base: "origin/nowhere" }, "unknown-base"],
      ["a branch that exists", a, "branch-exists", (repo) => repo.git("branch", "agent/a")],
      ["a branch in other letters", a, "branch-exists", (repo) => repo.git("branch", "agent/A")],
      ["a branch below a branch", a, "branch-conflict", (repo) => repo.git("branch", "agent")],
      ["a branch above a branch", a, "branch-conflict", (repo) => repo.git("branch", "agent/a/b")],
      [
        "a branch on the remote",
        a,
        "branch-on-remote",
        (repo) => repo.git("push", "-q", "origin", "main:agent/a"),
      ],
      [
        "a branch in use elsewhere",
        a,
        "branch-in-use",
        (repo) => {
          repo.git("worktree", "add", "-q", "--detach", "../elsewhere");
          repo.at("../elsewhere").git("symbolic-ref", "HEAD", "refs/heads/agent/a");
        },
      ],
      ["a folder that exists", a, "path-exists", (repo) => repo.write({ "../repo.worktrees/a/file": "" })],
      [
        "a folder in other letters",
        a,
        "path-exists",
        (repo) => repo.write({ "../repo.worktrees/A/file": "" }),
      ],
      [
        "a folder that is gone but on git's books",
        a,
        "path-registered",
        (repo) => {
          repo.git("worktree", "add", "-q", "-b", "other", "../repo.worktrees/a");
          rmSync(path.join(repo.dir, "../repo.worktrees/a"), { recursive: true });
        },
      ],
      [
        "a parent that is a file",
        { name: "a", path: "../file/a" },
        "not-a-folder",
        (repo) => repo.write({ "../file": "" }),
      ],
      ["a folder that cannot be made", { name: "a", path: `../deep/${"x".repeat(300)}` }, "add-failed"],
      [
        "a hook that fails",
        a,
        "add-failed",
        (repo) => hook(repo, "post-checkout", "echo junk >junk; exit 3"),
      ],
      [
        "a hook that forbids the branch",
        a,
        "add-failed",
        (repo) => hook(repo, "reference-transaction", "exit 1"),
      ],
      [
        "a filter that fails",
        a,
        "add-failed",
        (repo) => {
          repo.commit("filtered", { ".gitattributes": "*.bin filter=lfs\n", "a.bin": "a" });
          repo.git("push", "-q", "origin", "main");
          repo.git("config", "filter.lfs.smudge", "exit 1");
          repo.git("config", "filter.lfs.required", "true");
        },
      ],
    ];
    for (const [what, request, code, arrange] of cases)
      it(what, async () => {
        const { repo } = TestRepo.withOrigin();
        arrange?.(repo);
        const before = traces(repo);
        const outcome = await create(repo, request);
        assert.equal(codeOf(outcome), code);
        assert.deepEqual(traces(repo), before);
      });
  });

  describe("leaves alone what another program puts at its place", () => {
    const races: [string, string, string][] = [
      ["before the folder is made", "aborted", "mkdir -p $at; echo mine >$at/thesis"],
      ["once the folder is made", "prepared", "mkdir -p $at; echo mine >$at/thesis"],
      ["by its own git", "committed", "git worktree add -q --detach $at; echo mine >$at/thesis"],
      ["by the git of another repo", "committed", "git init -q $at; mv $at/.git/HEAD $at/.git/index"],
    ];
    for (const [when, state, act] of races)
      it(when, async () => {
        const { repo } = TestRepo.withOrigin();
        const folder = path.join(repo.dir, "../repo.worktrees/a");
        // Deleting the stale base is what comes between looking at the place and taking it.
        repo.git("update-ref", "refs/agent-foreman/base/agent/a", "main");
        const [wanted, guard] =
          state === "aborted" ? ["prepared", "true"] : [state, "grep -q ' refs/heads/agent/a'"];
        hook(
          repo,
          "reference-transaction",
          `${guard} || exit 0; [ "$1" = ${wanted} ] && [ ! -e raced ] || exit 0\ntouch raced; unset GIT_DIR; at="${folder}"; ${act}`,
        );
        const outcome = await create(repo, "a");
        assert.equal(codeOf(outcome), "path-exists");
        rmSync(path.join(repo.dir, ".git/hooks/reference-transaction"));
        assert.equal(repo.git("for-each-ref", "refs/heads", "--format=%(refname)"), "refs/heads/main");
        assert.deepEqual((traces(repo) as { pending: string[] }).pending, []);
        if (act.includes("thesis")) assert.equal(readFileSync(path.join(folder, "thesis"), "utf8"), "mine\n");
        else assert.ok(existsSync(path.join(folder, ".git/index")));
        if (act.includes("worktree")) assert.equal(repo.at(folder).git("status", "--porcelain"), "?? thesis");
      });
  });

  it("puts everything back when the last step fails", async () => {
    const { repo } = TestRepo.withOrigin();
    const { commonDir } = await opened(repo);
    mkdirSync(path.join(commonDir, "agent-foreman", "worktrees.jsonl"), { recursive: true });
    const around = () => ({ ...(traces(repo) as object), records: "" });
    const before = around();
    await assert.rejects(create(repo, "a"), { code: "EISDIR" });
    assert.deepEqual(around(), before);
  });

  it("leaves no note behind when it fails before anything is made", async () => {
    const { repo } = TestRepo.withOrigin();
    const { commonDir } = await opened(repo);
    writeFileSync(path.join(commonDir, "worktrees"), "not a folder");
    const before = traces(repo);
    await assert.rejects(create(repo, "a"), { code: "ENOTDIR" });
    assert.deepEqual(traces(repo), before);
  });

  it("is not hindered by bases of branches that are no more", async () => {
    const { repo } = TestRepo.withOrigin();
    for (const branch of ["agent/a", "agent/b/c", "agent/d"])
      repo.git("update-ref", `refs/agent-foreman/base/${branch}`, "main");
    for (const [name, branch] of [
      ["a", "agent/a"],
      ["b", "agent/b"],
      ["d", "agent/d/e"],
    ] as const)
      assert.equal(codeOf(await create(repo, { name, branch })), "ok", name);
    const bases = repo.git("for-each-ref", "--format=%(refname:lstrip=3)", "refs/agent-foreman/base");
    assert.equal(bases, "agent/a\nagent/b\nagent/d/e");
  });

  describe("when cancelled", () => {
    it("stops git and its hook, and puts everything back", async () => {
      const { repo } = TestRepo.withOrigin();
      hook(repo, "post-checkout", "touch in-hook; sleep 30; touch after");
      const before = traces(repo);
      const stop = new AbortController();
      const folder = path.join(repo.dir, "../repo.worktrees/a");
      const pending = create(repo, "a", { signal: stop.signal });
      while (!existsSync(path.join(folder, "in-hook"))) await sleep(10);
      stop.abort();
      assert.equal(codeOf(await pending), "cancelled");
      assert.deepEqual(traces(repo), before);
      await sleep(50);
      assert.equal(existsSync(folder), false);
    });

    it("does nothing when that was before it began, or while it fetched", async () => {
      const { repo } = TestRepo.withOrigin();
      repo.git("remote", "set-url", "origin", "ssh://nowhere/x");
      repo.git("config", "core.sshCommand", "sleep 30 #");
      const before = traces(repo);
      assert.equal(codeOf(await create(repo, "a", { signal: AbortSignal.abort() })), "cancelled");
      assert.equal(codeOf(await create(repo, "a", { signal: AbortSignal.timeout(150) })), "cancelled");
      assert.deepEqual(traces(repo), before);
    });
  });

  it("lets exactly one of those who ask for the same name have it", async () => {
    const { repo } = TestRepo.withOrigin();
    const outcomes = await Promise.all(["a", "a", "a", "A"].map((name) => create(repo, name)));
    assert.deepEqual(outcomes.map(codeOf).sort(), ["branch-exists", "branch-exists", "branch-exists", "ok"]);
    const [refusal] = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal]));
    assert.deepEqual(refusal, {
      code: "branch-exists",
      message: `There is already a branch agent/a, in use in ${path.join(path.dirname(repo.dir), "repo.worktrees", "a")}.`,
      hint: "Choose another name; a-2 is free. Nothing was made.",
    });
  });
});
