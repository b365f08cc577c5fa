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

  it("tells which branches meet where it is asked to, and else that it was not", () => {
    const { repo: busy } = TestRepo.withOrigin();
    const ten = Array.from({ length: 10 }, (_, i) => `${i}\n`);
    const edited = (line: number, text: string) => ten.with(line, `${text}\n`).join("");
    const evil = "\u001b[31m.txt";
    busy.commit("files", { [evil]: ten.join(""), "b.txt": ten.join("") });
    busy.git("push", "-q", "origin", "main");
    for (const name of ["one", "two", "three", "upper"])
      busy.git("worktree", "add", "-q", "-b", name, `../${name}`, "main");
    busy.at("../one").commit("1", { [evil]: edited(2, "one"), "b.txt": edited(2, "one") });
    busy.at("../two").commit("2", { [evil]: edited(2, "two"), "b.txt": edited(3, "two") });
    busy.at("../three").write({ "b.txt": edited(8, "three") });
    busy.at("../upper").git("reset", "-q", "--hard", "one");
    busy.at("../upper").commit("4", { "new.txt": "4\n" });
    const facts = (...args: string[]) =>
      cli(busy.dir, "list", ...args)
        .stdout.split("\n")
        .slice(1, 5)
        .map((line) => line.replace(/^(\w+) .*↓\d+ +/, "$1: "));
    const conflict = "would conflict with two in \\u001b[31m.txt (+1 file)";
    assert.deepEqual(facts("--overlap"), [
      `one: 1 unmerged commit, ${conflict}, changes the same files as three in b.txt, is built on by upper`,
      "three: 1 uncommitted file, no commits yet, changes the same files as one, two, upper",
      "two: 1 unmerged commit, would conflict with one, upper, changes the same files as three in b.txt",
      `upper: 2 unmerged commits, ${conflict}, changes the same files as three in b.txt, builds on one`,
    ]);
    assert.ok(facts().every((line) => !/would|same|overlaps|built/.test(line)));
    const kinds = (...args: string[]) =>
      cliJson<{ worktrees: { overlaps: { kind: string }[] | null }[] }>(
        "list",
        busy.dir,
        "list",
        ...args,
      ).worktrees.map(({ overlaps }) => overlaps?.map(({ kind }) => kind) ?? null);
    assert.deepEqual(kinds("--overlap").slice(0, 2), [[], ["conflict", "files", "built-on"]]);
    assert.ok(kinds().every((known) => known === null));
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
