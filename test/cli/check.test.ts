import assert from "node:assert/strict";
import { execSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { CheckDocument } from "../../src/model/check";
import { cli, cliJson } from "../kit/cli";
import { TestRepo, tempDir } from "../kit/repo";
import { buildStory } from "../kit/story";
import { merges } from "../losses/histories/merges";
import { stale } from "../losses/histories/stale";
import { Story, wiredShop } from "../losses/story";

function told(name: string): Story {
  const story = new Story();
  const history = [...stale, ...merges].find((one) => one.name === name);
  assert.ok(history, name);
  history.build(story);
  story.switch("agent-b");
  return story;
}

describe("agent-foreman check", () => {
  const lossy = told("reset --soft onto main with an old tree");
  const { dir } = lossy.repo;

  it("names the way to a clean branch where only merges on the branch threw work away", () => {
    const { repo, worktrees } = buildStory(path.join(tempDir(), "story"));
    const text = (dir: string, ...args: string[]) => cli(dir, "check", ...args).stdout;
    const command =
      "agent-foreman recover agent/tidy-storage --onto origin/main --as agent/tidy-storage-recovered";
    const told = `Only merges on the branch threw that away; its own commits are fine. This takes just them to a clean branch:\n  ${command}\n`;
    assert.ok(text(worktrees.tidyStorage).includes(told));
    assert.ok(text(repo, "--head", "agent/tidy-storage").includes(told));
    assert.doesNotMatch(
      text(repo, "--head", TestRepo.at(repo).git("rev-parse", "agent/tidy-storage")),
      /recover/,
    );
    assert.doesNotMatch(text(dir, "--base", "main"), /recover/);
    const [, ...args] = command.split(" ");
    assert.equal(cli(repo, ...args).exitCode, 0);
    assert.match(text(repo, "--head", "agent/tidy-storage-recovered"), /loses nothing/);
  });

  it("says in words whose work vanishes, and a command that really gets it back", () => {
    const result = cli(dir, "check", "--base", "main");
    assert.deepEqual([result.exitCode, result.stderr], [1, ""]);
    const removed = `  removed by ${lossy.git("rev-parse", "HEAD").slice(0, 9)} feat: discounts`;
    const elsewhere = "  #12 is undone in other files of this branch too.";
    const text = result.stdout
      .replace(/by agent-a, .*|by owner, .*/g, "by SOMEBODY")
      .replace(/ \[[0-9a-f]{8}\]$/gm, " [ID]");
    assert.deepEqual(text.split("\n"), [
      "Landing HEAD (squashed) on main would lose other people's work: 28 lines in 3 files.",
      "",
      "LOST  src/receipt.test.ts: the whole file, lines 1-5 (likely) [ID]",
      ...["  landed with feat: receipts (#12), by SOMEBODY", removed],
      elsewhere,
      "  Get it back:  git checkout main -- src/receipt.test.ts",
      "",
      "LOST  src/receipt.ts: the whole file, lines 1-16 (likely) [ID]",
      ...["  landed with feat: receipts (#12), by SOMEBODY", removed],
      elsewhere,
      "  Get it back:  git checkout main -- src/receipt.ts",
      "",
      "LOST  src/shop.ts: an older version is back, lines 3, 5, 8-11, 17 (likely) [ID]",
      ...["  landed with feat: receipts (#12), by SOMEBODY", removed],
      "  The file is exactly what it was before #12 landed.",
      "  6 lines that #12 wrote are gone, and 2 that it had replaced are back.",
      "  Get it back:  git checkout main -- src/shop.ts",
      "",
      "Where it is meant: say so in a commit, with the trailer  Intentional-removal: <path or reason>",
      "or only here:  agent-foreman meant ID --reason TEXT",
      "",
    ]);
    const edited = new Story();
    const mine = `${edited.read("src/shop.ts")}\nexport const began = Date.now();\nexport const opened = began;\n`;
    edited.landReceipts().switch("agent-b", "main").as("agent-b");
    edited.commit("feat: when", { "src/shop.ts": mine });
    const command =
      /Get it back: {2}(.*)/.exec(cli(edited.repo.dir, "check", "--base", "main").stdout)?.[1] ?? "";
    execSync(command, { cwd: edited.repo.dir, stdio: "ignore" });
    assert.match(edited.read("src/shop.ts"), /writeReceipt\(receipt, cents\);/);
    assert.match(edited.read("src/shop.ts"), /const began = /);
    assert.equal(cli(edited.repo.dir, "check", "--base", "main", "--worktree").exitCode, 0);
  });

  it("prints the document of its schema, the second time from its memory", () => {
    const first = cliJson<CheckDocument>("check", dir, "check", "--base", "main");
    assert.deepEqual([first.verdict, first.losses.length, first.ahead, first.behind], ["lossy", 3, 1, 0]);
    assert.deepEqual(cliJson("check", dir, "check", "--base", "main"), first);
    const named = cliJson<CheckDocument>("check", dir, "check", "--base", "main", "--head", "agent-b");
    assert.deepEqual({ ...named, head: first.head }, first);
    for (const history of [
      "a conflict settled with the whole own file",
      "a shared branch that goes on after it was squashed is in conflict",
    ])
      cliJson("check", told(history).repo.dir, "check", "--base", "main", "--method", "rebase");
  });

  it("fails only on certain losses where asked", () => {
    const likely = told("reset --soft onto main with an old tree").repo;
    likely.git("reflog", "expire", "--expire=now", "--all");
    assert.equal(cli(likely.dir, "check", "--base", "main").exitCode, 1);
    assert.equal(cli(likely.dir, "check", "--base", "main", "--fail-on", "certain").exitCode, 0);
    const sure = told("merge -s ours").repo.dir;
    assert.match(cli(sure, "check", "--base", "main").stdout, /^ {2}removed by [0-9a-f]{9} Merge main$/m);
    assert.equal(cli(sure, "check", "--base", "main", "--fail-on", "certain").exitCode, 1);
    assert.equal(cli(sure, "check", "--base", "main", "--method", "rebase").exitCode, 0);
  });

  it("writes SARIF and workflow annotations that no file name can break out of", () => {
    const sarif = JSON.parse(cli(dir, "check", "--base", "main", "--format", "sarif").stdout);
    assert.deepEqual([sarif.version, sarif.runs.length], ["2.1.0", 1]);
    assert.deepEqual(
      sarif.runs[0].results.map((result: { ruleId: string; level: string }) => [result.ruleId, result.level]),
      [
        ["loss", "error"],
        ["loss", "error"],
        ["loss", "error"],
      ],
    );
    const story = new Story();
    const name = "a,b:c%0A::warning::x\n::error::y.ts";
    story.commit("feat: odd (#12)", { [name]: wiredShop });
    story.switch("agent-b", "main").as("agent-b").git("rm", "-q", "--", name);
    story.commit("feat: else");
    const lines = cli(story.repo.dir, "check", "--base", "main", "--format", "github").stdout.split("\n");
    assert.deepEqual([lines.length, lines[1]], [2, ""]);
    assert.match(
      lines[0] ?? "",
      /^::warning file=a%2Cb%3Ac%250A%3A%3Awarning%3A%3Ax%0A%3A%3Aerror%3A%3Ay.ts,title=[^:]*::a,b/,
    );
  });

  it("looks at the files as they lie on disk, and leaves the index alone", () => {
    const story = new Story();
    story.landReceipts().switch("agent-b", "main").as("agent-b");
    const index = path.join(story.repo.dir, ".git/index");
    story.git("rm", "-q", "--cached", "src/note.ts");
    story.repo.write({
      "src/shop.ts": `${story.git("show", "main~1:src/shop.ts")}\n`,
      "src/untracked.ts": "new\n",
    });
    const before = [readFileSync(index).toString("hex"), statSync(index).mtimeMs];
    const document = cliJson<CheckDocument>("check", story.repo.dir, "check", "--base", "main", "--worktree");
    assert.deepEqual([readFileSync(index).toString("hex"), statSync(index).mtimeMs], before);
    assert.deepEqual(
      document.losses.map((loss) => [loss.path, loss.kind, loss.removedBy?.subject]),
      [["src/shop.ts", "resurrected-old-version", "uncommitted files"]],
    );
    assert.deepEqual(
      [document.ahead, document.head],
      [0, { ref: "HEAD", oid: story.git("rev-parse", "HEAD") }],
    );
    assert.equal(cli(story.repo.dir, "check", "--base", "main").exitCode, 0);
  });

  it("says when it cannot tell, and never that all is well", () => {
    const code = (at: string, ...args: string[]): unknown[] => {
      const result = cli(at, "check", "--format", "json", ...args);
      return [result.exitCode, JSON.parse(result.stdout).error.code];
    };
    assert.deepEqual(code(dir, "--base", "nowhere"), [2, "unknown-ref"]);
    assert.deepEqual(code(dir, "--base", "--all"), [2, "bad-arguments"]);
    assert.deepEqual(code(dir, "--base=--all"), [2, "unknown-ref"]);
    assert.deepEqual(code(dir, "--base", "main", "--recorded-base", "nowhere"), [2, "unknown-ref"]);
    assert.deepEqual(code(dir, "--base", "main", "--method", "fast"), [2, "bad-arguments"]);
    assert.deepEqual(code(TestRepo.init().dir), [2, "no-base"]);
    assert.deepEqual(code(TestRepo.init().dir, "--base", "main"), [2, "unknown-ref"]);
    const repo = TestRepo.init();
    repo.commit("one", { a: "a\n" });
    repo.git("switch", "-q", "--orphan", "other");
    repo.commit("two", { b: "b\n" });
    assert.deepEqual(code(repo.dir, "--base", "main"), [2, "no-merge-base"]);
    const shallow = path.join(tempDir(), "shallow");
    const behind = told("a branch that is only behind loses nothing").repo;
    behind.git("clone", "-q", "--depth", "1", "--no-single-branch", `file://${behind.dir}`, shallow);
    assert.deepEqual(code(shallow, "--base", "origin/main", "--head", "origin/agent-b"), [2, "shallow"]);
  });

  it("knows the start of a branch from the record, and from what it is told", () => {
    const story = told("the same without a record can only be asked");
    const ask = (...args: string[]) =>
      cliJson<CheckDocument>("check", story.repo.dir, "check", "--base", "main", ...args);
    const start = story.git("rev-parse", "main~1");
    assert.deepEqual([ask().verdict, ask().recordedBase], ["question", null]);
    assert.deepEqual(
      [ask("--recorded-base", start).verdict, ask("--recorded-base", start).recordedBase],
      ["lossy", start],
    );
    story.git("update-ref", "refs/agent-foreman/base/agent-b", start);
    const recorded = ask();
    assert.deepEqual([recorded.verdict, recorded.recordedBase], ["lossy", start]);
    assert.deepEqual(
      recorded.losses.map(({ path: name, confidence }) => [name, confidence]),
      [
        ["src/receipt.test.ts", "certain"],
        ["src/receipt.ts", "certain"],
      ],
    );
  });

  it("copes with huge lines and files without an end of line", () => {
    const repo = TestRepo.init();
    const huge = "x".repeat(5_000_000);
    repo.commit("one (#1)", { "a.txt": `${huge}\nsecond line\n`, "b.txt": "no end" });
    repo.commit("two (#2)", { "a.txt": `${huge}y\nsecond line\n`, "b.txt": "other end" });
    repo.git("switch", "-q", "-c", "agent-b");
    repo.commit("three", { "a.txt": `${huge}\nsecond line\n`, "b.txt": "no end" });
    const result = cliJson<CheckDocument>("check", repo.dir, "check", "--base", "main");
    assert.deepEqual(
      result.losses.map((loss) => [loss.path, loss.baseRanges]),
      [
        ["a.txt", [[1, 1]]],
        ["b.txt", [[1, 1]]],
      ],
    );
  });
});
