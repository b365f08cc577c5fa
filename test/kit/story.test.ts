import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { TestRepo, tempDir } from "./repo";
import { buildStory } from "./story";

describe("the demo's story", () => {
  const story = buildStory(path.join(tempDir(), "story"));
  const main = TestRepo.at(story.repo);

  it("has a program whose tests pass, on main and in every worktree", () => {
    for (const folder of [story.repo, ...Object.values(story.worktrees)])
      execFileSync(process.execPath, ["--test"], { cwd: folder, stdio: "pipe" });
  });

  it("landed all of the CSV export by a squash merge", () => {
    assert.equal(main.git("diff", "--name-only", "main", "agent/csv-export"), "README.md");
    assert.equal(main.git("cherry", "main", "agent/csv-export").replaceAll(/ .*/g, ""), "+\n+\n+");
  });

  it("has a branch that looks up to date and would delete the CSV export", () => {
    assert.equal(main.git("merge-base", "main", "agent/tidy-storage"), main.git("rev-parse", "main"));
    const merged = main.git("merge-tree", "--write-tree", "main", "agent/tidy-storage");
    assert.equal(
      main.git("diff", "--name-only", "--diff-filter=D", "main", merged),
      "src/csv.js\ntest/csv.test.js",
    );
  });

  it("has one worktree in work: locked, dirty and behind", () => {
    const darkMode = TestRepo.at(story.worktrees.darkMode);
    assert.equal(darkMode.git("status", "--porcelain"), " M src/html.js\n?? notes.md");
    assert.equal(darkMode.git("rev-list", "--left-right", "--count", "main...HEAD"), "4\t2");
    assert.match(main.git("worktree", "list", "--porcelain"), /^locked GitHub Copilot/m);
  });

  it("has two branches that would conflict in the program's version, and nowhere else", () => {
    const [one, other] = ["agent/tidy-storage", "agent/dark-mode"];
    const merged = () => main.git("merge-tree", "--write-tree", "--name-only", "--no-messages", one, other);
    assert.throws(merged, ({ stdout }: { stdout: string }) => /^\w+\npackage\.json\n$/.test(stdout));
  });

  it("leaves main as origin has it, with nothing to commit", () => {
    assert.equal(main.git("status", "--porcelain", "--branch"), "## main...origin/main");
  });
});
