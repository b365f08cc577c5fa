import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { cli, cliJson } from "../kit/cli";
import { TestRepo } from "../kit/repo";

interface NewDocument {
  worktree: {
    path: string;
    branch: string;
    base: { ref: string; oid: string; fetchedAt: string };
    task: string;
  };
}

describe("agent-foreman new", () => {
  it("starts from what the remote has now, not from what was known", () => {
    const { repo, origin } = TestRepo.withOrigin();
    const other = TestRepo.at(`${repo.dir}-other`);
    repo.git("clone", "-q", origin.dir, other.dir);
    const newest = other.commit("landed meanwhile", { "new.txt": "1\n" });
    other.git("push", "-q", "origin", "main");

    const before = Date.now();
    const { worktree } = cliJson<NewDocument>(
      "new",
      repo.dir,
      "new",
      "Export expenses as CSV",
      "--agent",
      "codex",
    );
    assert.equal(worktree.path, path.join(`${repo.dir}.worktrees`, "export-expenses-as-csv"));
    assert.equal(worktree.branch, "agent/export-expenses-as-csv");
    assert.equal(worktree.task, "Export expenses as CSV");
    assert.deepEqual([worktree.base.ref, worktree.base.oid], ["refs/remotes/origin/main", newest]);
    assert.ok(Date.parse(worktree.base.fetchedAt) >= before - 1000);
    assert.ok(existsSync(path.join(worktree.path, "new.txt")));

    const listed = cliJson<{ worktrees: { base: unknown; agent: string; task: string; landed: unknown }[] }>(
      "list",
      worktree.path,
      "list",
    ).worktrees[1];
    assert.deepEqual(
      [listed?.base, listed?.agent, listed?.task, listed?.landed],
      [worktree.base, "codex", worktree.task, { state: "empty" }],
    );
    const text = cli(repo.dir, "list").stdout;
    assert.match(
      text,
      /^export-expenses-as-csv {2}agent\/export-expenses-as-csv {2}↑0 ↓0 {2}Codex, no commits yet, base \w{8} fetched just now$/m,
    );
    assert.match(text, /^Merges into origin\/main at \w{8}, fetched just now\.$/m);
  });

  it("asks before it starts from what is known, and says how old that is", () => {
    const { repo, origin } = TestRepo.withOrigin();
    const known = repo.git("rev-parse", "origin/main");
    repo.git("remote", "set-url", "origin", `${origin.dir}-gone`);
    const refused = cli(repo.dir, "new", "one", "--format", "json");
    assert.equal(refused.exitCode, 2);
    const { error } = JSON.parse(refused.stdout);
    assert.equal(error.code, "fetch-failed");
    assert.match(`${error.message} ${error.hint}`, /offline/);
    assert.equal(existsSync(`${repo.dir}.worktrees`), false);
    assert.equal(repo.git("branch", "--list", "agent/*"), "");

    const { worktree } = cliJson<NewDocument>("new", repo.dir, "new", "one", "--offline");
    assert.deepEqual([worktree.base.oid, worktree.base.fetchedAt], [known, null]);
  });

  it("takes --fetch for the list too, and does not list what it could not fetch", () => {
    const { repo, origin } = TestRepo.withOrigin();
    const other = TestRepo.at(`${repo.dir}-other`);
    repo.git("clone", "-q", origin.dir, other.dir);
    const newest = other.commit("landed meanwhile");
    other.git("push", "-q", "origin", "main");
    const listed = cliJson<{ target: { oid: string } }>("list", repo.dir, "list", "--fetch");
    assert.equal(listed.target.oid, newest);
    repo.git("remote", "set-url", "origin", `${origin.dir}-gone`);
    const failed = cli(repo.dir, "list", "--fetch");
    assert.deepEqual([failed.exitCode, failed.stdout], [2, ""]);
    assert.match(failed.stderr, /^agent-foreman: origin could not be fetched: /);
  });
});
