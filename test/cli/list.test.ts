import assert from "node:assert/strict";
import { cli, cliJson } from "../kit/cli";
import { TestRepo, tempDir } from "../kit/repo";

describe("agent-foreman list", () => {
  const { repo } = TestRepo.withOrigin();
  repo.git("worktree", "add", "-q", "-b", "codex/evil\u202e", "../evil \u001b[31mname", "main");

  it("prints a line a worktree, and nothing that a terminal would obey", () => {
    const lines = [
      "repo                 main              ↑0 ↓0  main worktree",
      "evil \\u001b[31mname  codex/evil\\u202e  ↑0 ↓0  Codex, no commits yet",
      "",
      `Merges into origin/main at ${repo.git("rev-parse", "--short=8", "main")}.`,
      "",
    ];
    assert.deepEqual(cli(repo.dir, "list"), { exitCode: 0, stderr: "", stdout: lines.join("\n") });
  });

  it("prints the document of its schema", () => {
    const document = cliJson<{ worktrees: { name: string; branch: string }[] }>("list", repo.dir, "list");
    assert.deepEqual(
      document.worktrees.map(({ name, branch }) => [name, branch]),
      [
        ["repo", "main"],
        ["evil \u001b[31mname", "codex/evil\u202e"],
      ],
    );
  });

  it("says why it cannot tell, in words and as JSON, with exit code 2", () => {
    const dir = tempDir();
    const plain = cli(dir, "list");
    assert.deepEqual([plain.exitCode, plain.stdout], [2, ""]);
    assert.match(plain.stderr, /^agent-foreman: .* is not inside a git repository\. .*\n$/);
    const asked = cli(dir, "list", "--format", "json");
    assert.equal(asked.exitCode, 2);
    assert.equal(JSON.parse(asked.stdout).error.code, "not-a-repo");
    for (const args of [["nope"], ["list", "--nope"], ["list", "name"], ["list", "--format", "xml"]]) {
      const bad = cli(repo.dir, ...args);
      assert.deepEqual([bad.exitCode, bad.stdout, bad.stderr.split("\n").length], [2, "", 2], args.join(" "));
    }
    assert.equal(cli(repo.dir).exitCode, 2);
    assert.equal(cli(repo.dir, "--help").exitCode, 0);
    assert.match(cli(repo.dir, "--version").stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
