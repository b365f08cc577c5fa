import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cli, cliJson } from "../kit/cli";
import { TestRepo } from "../kit/repo";

interface RemoveDocument {
  removed: { id: string; path: string; branch: string; rescueRef: string; merged: boolean }[];
  refused: { path: string; code: string }[];
}

function fleet(): { repo: TestRepo; at: (name: string) => TestRepo } {
  const { repo } = TestRepo.withOrigin();
  const at = (name: string) => TestRepo.at(path.join(`${repo.dir}.worktrees`, name));
  for (const name of ["done", "open", "dirty"]) {
    assert.equal(cli(repo.dir, "new", name).exitCode, 0);
    at(name).commit(`${name} work`, { [`${name}.txt`]: "1\n" });
  }
  for (const name of ["done", "dirty"]) {
    repo.git("merge", "-q", "--squash", `agent/${name}`);
    repo.commit(`${name} (#1)`);
  }
  repo.git("push", "-q", "origin", "main");
  at("dirty").write({ "notes.txt": "not committed\n" });
  return { repo, at };
}

describe("agent-foreman remove and undo", () => {
  it("removes the merged ones, keeps the rest with a reason, and brings them back", () => {
    const { repo, at } = fleet();
    const result = cli(repo.dir, "remove", "--merged", "--format", "json");
    assert.equal(result.exitCode, 1);
    const document: RemoveDocument = JSON.parse(result.stdout);
    assert.deepEqual(
      [
        document.removed.map(({ branch, merged }) => [branch, merged]),
        document.refused.map(({ code }) => code),
      ],
      [[["agent/done", true]], ["dirty"]],
    );
    assert.equal(existsSync(at("done").dir), false);
    assert.equal(repo.git("branch", "--list", "agent/done"), "");
    assert.equal(readFileSync(path.join(at("dirty").dir, "notes.txt"), "utf8"), "not committed\n");
    assert.ok(existsSync(at("open").dir));

    const undone = cliJson<{ restored: { branch: string } }>("undo", repo.dir, "undo");
    assert.equal(undone.restored.branch, "agent/done");
    assert.equal(at("done").git("status", "--porcelain", "--branch"), "## agent/done");
    assert.equal(cli(repo.dir, "undo").exitCode, 2);
  });

  it("refuses what would lose work, and says what would be lost", () => {
    const { repo, at } = fleet();
    const open = cli(repo.dir, "remove", "open");
    assert.deepEqual([open.exitCode, open.stdout], [1, ""]);
    assert.match(open.stderr, /open work/);
    const dirty = cli(repo.dir, "remove", "agent/dirty");
    assert.match(dirty.stderr, /notes\.txt/);
    const anyway = cliJson<RemoveDocument>("remove", repo.dir, "remove", at("dirty").dir, "--anyway");
    assert.match(anyway.removed[0]?.rescueRef ?? "", /^refs\/agent-foreman\/rescue\/agent\/dirty\//);
    assert.equal(existsSync(at("dirty").dir), false);
    assert.equal(cli(repo.dir, "undo", anyway.removed[0]?.id ?? "").exitCode, 0);
    assert.equal(at("dirty").git("status", "--porcelain"), "?? notes.txt");

    const kept = cli(repo.dir, "remove", "open", "--keep-branch");
    assert.equal(kept.exitCode, 0, kept.stderr);
    assert.equal(existsSync(at("open").dir), false);
    assert.equal(repo.git("branch", "--list", "agent/open"), "  agent/open");
  });

  it("says how many commits are kept that only the reflog had", () => {
    const { repo, at } = fleet();
    at("done").commit("taken off", { "off.txt": "1\n" });
    at("done").git("reset", "-q", "--hard", "HEAD~1");
    const { stdout } = cli(repo.dir, "remove", "done");
    assert.match(stdout, /^ {2}1 commit that only the reflog had is kept too\.$/m);
  });

  it("says which ignored folders are not kept", () => {
    const { repo, at } = fleet();
    writeFileSync(path.join(repo.dir, ".git/info/exclude"), "data/\nnode_modules/\n");
    at("done").write({ "data/results.csv": "1\n", "node_modules/lib/index.js": "1\n" });
    const { stdout } = cli(repo.dir, "remove", "done");
    assert.match(stdout, /^ {2}Not kept, can be made again: node_modules\/$/m);
    assert.equal(cli(repo.dir, "undo").exitCode, 0);
    assert.equal(readFileSync(path.join(at("done").dir, "data/results.csv"), "utf8"), "1\n");
  });

  it("takes one name or --merged, of a worktree that is there", () => {
    const { repo } = TestRepo.withOrigin();
    for (const args of [[], ["x", "--merged"], ["--merged", "--anyway"], ["x"], [`${repo.dir}/nothing`]])
      assert.equal(cli(repo.dir, "remove", ...args).exitCode, 2, args.join(" "));
    const main = cli(repo.dir, "remove", "main");
    assert.deepEqual([main.exitCode, /is the repo itself/.test(main.stderr)], [1, true]);
    const none = cli(repo.dir, "remove", "--merged");
    assert.deepEqual([none.exitCode, none.stdout], [0, "No worktree is merged.\n"]);
  });
});
