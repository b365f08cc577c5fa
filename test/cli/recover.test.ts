import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RecoverDocument } from "../../src/model/recovery";
import { cli, cliJson } from "../kit/cli";
import { readFolder } from "../kit/folder";
import type { TestRepo } from "../kit/repo";
import { History, numbered } from "../landing/history";

/** One commit that landed, one that was taken back, one that is open, and a file that nobody committed. */
function stale(): { h: History; tree: TestRepo } {
  const h = new History();
  h.on("feature", "feat: csv", { "csv.ts": numbered("csv", 8) });
  h.squash("feature", "feat: csv (#12)");
  h.edit("feature", "feat: level", "log.ts", "log0", "level0");
  h.revert(h.pick("feature"));
  h.edit("feature", "feat: mul", "math.ts", "math5", "mul5");
  h.repo.git("checkout", "-q", "main");
  const tree = h.repo.at(`${h.repo.dir}-stale`);
  h.repo.git("worktree", "add", "-q", tree.dir, "feature");
  tree.write({ "notes.txt": "to do\n" });
  return { h, tree };
}

/** All that a repo holds but its loose objects. */
function kept(h: History, tree: TestRepo): unknown {
  const git = path.join(h.repo.dir, ".git");
  const names = readdirSync(git, { recursive: true, encoding: "utf8" });
  return {
    names: names.filter((name) => !/^objects\/(..(\/|$))/.test(name)).sort(),
    refs: h.repo.git("for-each-ref"),
    config: readFileSync(path.join(git, "config"), "utf8"),
    files: [readFolder(h.repo.dir), readFolder(tree.dir)],
    status: tree.git("--no-optional-locks", "status", "--porcelain=v2", "--branch"),
  };
}

describe("agent-foreman recover --dry-run", () => {
  const { h, tree } = stale();
  const run = (...args: string[]) => cliJson<RecoverDocument>("recover", h.repo.dir, "recover", ...args);
  const ends = ["feature", "--onto", "main", "--as", "feature-2", "--dry-run"];

  it("tells the fate of each commit as JSON, and writes nothing but loose objects", () => {
    const before = kept(h, tree);
    const plan = run(...ends);
    assert.deepEqual(kept(h, tree), before);
    const { commits, check, resultTree, ...rest } = plan;
    assert.deepEqual(
      commits.map(({ oid, fate, landedAs }) => [h.title(oid), fate, landedAs]),
      [
        ["feat: csv", "drop", h.oid("main~2")],
        ["feat: level", "ask", h.oid("main~1")],
        ["feat: mul", "pick", null],
      ],
    );
    assert.deepEqual(rest, {
      schemaVersion: 1,
      branch: "feature",
      head: h.oid("feature"),
      onto: { ref: "main", oid: h.oid("main") },
      newBranch: "feature-2",
      worktree: null,
      uncommitted: { files: 1, fate: "carry" },
      state: "planned",
      conflicts: [],
      verified: true,
      pushed: false,
      rescueRef: null,
      notes: [],
    });
    assert.equal(check?.verdict, "clean");
    assert.equal(h.repo.git("diff", "--name-only", "main", `${resultTree}`), "math.ts");
    h.repo.git("fsck", "--full", "--strict");
  });

  it("does as a person decides on single commits and on uncommitted files", () => {
    const [level = "", mul = ""] = [h.oid("feature~1"), h.oid("feature")];
    const plan = run(...ends, "--take", level, "--leave", mul.slice(0, 7), "--committed");
    assert.deepEqual(
      plan.commits.map(({ fate }) => fate),
      ["drop", "pick", "drop"],
    );
    assert.equal(h.repo.git("diff", "--name-only", "main", `${plan.resultTree}`), "log.ts");
    assert.deepEqual(plan.uncommitted, { files: 1, fate: "drop" });
  });

  it("says the same in words, with exit code 1 where something has to be settled", () => {
    const fine = cli(h.repo.dir, "recover", ...ends);
    assert.equal(fine.exitCode, 0);
    const text = fine.stdout.replace(/[0-9a-f]{9}/g, "ID");
    assert.deepEqual(text.split("\n"), [
      "feature → feature-2, on main: 1 of 3 commits come along.",
      "",
      "  DROP  ID  feat: csv    It landed with ID “feat: csv (#12)”: done again on the commit before that one, it gives exactly that one.",
      "  ASK   ID  feat: level  It landed with ID “feat: level”, and main took it back since. Left out unless you take it.",
      "  PICK  ID  feat: mul    main does not have it.",
      "",
      "1 uncommitted file comes along, uncommitted.",
      "",
      "To take a commit that was taken back: --take with its id.",
      "",
      "Two independent ways of working it out agree.",
      "",
    ]);
    h.edit("main", "feat: div", "math.ts", "math5", "div5");
    const stuck = cli(h.repo.dir, "recover", ...ends);
    assert.equal(stuck.exitCode, 1);
    assert.match(stuck.stdout, /CONFLICT .* feat: mul .* in math\.ts\./);
  });

  it("cannot tell, and says why, with exit code 2", () => {
    const pulls = path.join(tree.dir, "pulls.json");
    writeFileSync(pulls, '[{"number": "12"}]');
    for (const [args, words] of [
      [["nobody", ...ends.slice(1)], /There is no branch or commit called nobody here/],
      [["feature", "--onto", "elsewhere", "--as", "x", "--dry-run"], /called elsewhere here/],
      [["feature", "--dry-run"], /needs a name/],
      [[...ends, "--take", "12345678"], /has no commit 12345678/],
      [[...ends, "--take", h.oid("feature"), "--leave", h.oid("feature")], /to take or to leave/],
      [[...ends, "--pulls", pulls], /cannot be used as a list of merged pull requests: 0\.number/],
      [[...ends, "--pulls", `${pulls}.no`], /cannot be used as a list of merged pull requests/],
    ] as const) {
      const result = cli(h.repo.dir, "recover", ...args, "--format", "json");
      assert.equal(result.exitCode, 2, args.join(" "));
      assert.match(JSON.parse(result.stdout).error.message, words);
      assert.match(result.stderr, /^agent-foreman: [^\n]+\n$/);
    }
  });

  it("takes what merged pull requests tell from a file", () => {
    const history = new History();
    history.on("feature", "feat: csv", { "csv.ts": numbered("csv", 8) });
    const head = history.oid("feature");
    const mergeCommit = history.on("main", "feat: csv (#12)", { "csv.ts": numbered("tsv", 8) });
    history.repo.write({ "../pulls.json": JSON.stringify([{ number: 12, head, mergeCommit }]) });
    const args = [...ends, "--pulls", "../pulls.json"];
    const plan = cliJson<RecoverDocument>("recover", history.repo.dir, "recover", ...args);
    assert.deepEqual(
      plan.commits.map(({ fate }) => fate),
      ["drop"],
    );
  });
});

describe("agent-foreman recover", () => {
  const { h, tree } = stale();
  h.edit("main", "feat: div", "math.ts", "math5", "div5");
  h.repo.git("config", "user.name", "Per Son");
  h.repo.git("config", "user.email", "person@example.com");
  const start = ["recover", "feature", "--onto", "main", "--as", "feature-2"];
  const fresh = h.repo.at(path.join(`${h.repo.dir}.worktrees`, "feature-2"));

  it("stops at a conflict with exit code 1, goes on and ends with 0, or is refused with 2", () => {
    const refs = () => h.repo.git("for-each-ref", "refs/heads/main", "refs/heads/feature");
    const before = [refs(), readFolder(tree.dir)];
    const stuck = cliJson<RecoverDocument>("recover", h.repo.dir, ...start);
    assert.deepEqual([stuck.state, stuck.worktree, stuck.conflicts], ["conflict", fresh.dir, ["math.ts"]]);
    const waiting = cli(h.repo.dir, "recover", "feature", "--continue");
    assert.equal(waiting.exitCode, 1);
    assert.match(
      waiting.stdout,
      /^In .*feature-2 a commit waits for you to settle its conflict:\n {2}math\.ts\n/,
    );
    assert.match(
      waiting.stdout,
      /agent-foreman recover feature --continue\nor without that commit \(--skip\)/,
    );
    const taken = cliJson<RecoverDocument>("recover", h.repo.dir, "recover", "feature", "--abort");
    assert.deepEqual([taken.state, taken.worktree], ["aborted", null]);
    assert.equal(cli(h.repo.dir, ...start).exitCode, 1);
    fresh.git("checkout", "-q", "--theirs", "math.ts");
    fresh.git("add", "math.ts");
    const end = cli(h.repo.dir, "recover", "feature", "--continue");
    assert.deepEqual(
      [end.exitCode, end.stdout.split("\n")[0]],
      [0, `feature is recovered as feature-2, in ${fresh.dir}.`],
    );
    assert.match(end.stderr, /Checking what feature-2 would do to main/);
    assert.match(end.stdout, /1 uncommitted file comes along, uncommitted\./);
    assert.equal(fresh.git("status", "--porcelain"), "?? notes.txt");
    assert.deepEqual([refs(), readFolder(tree.dir)], before);
    for (const args of [
      ["recover", "feature", "--continue"],
      ["recover", "feature", "--skip"],
      ["recover", "feature", "--abort"],
      ["recover", "feature", "--abort", "--skip"],
      ["recover", "feature", "--continue", "--as", "x"],
      start,
    ])
      assert.equal(cli(h.repo.dir, ...args).exitCode, 2, args.join(" "));
  });
});
