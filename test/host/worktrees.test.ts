import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { openRepo } from "../../src/git/repo";
import { Fleets } from "../../src/ui/fleets";
import { type Node, WorktreesProvider } from "../../src/ui/tree/provider";
import { Watch } from "../../src/ui/watch/watch";
import { readRemovals } from "../../src/worktrees/removalNote";
import { TestRepo } from "../kit/repo";

const top = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
const repo = TestRepo.at(top);
const beside = (name: string) => path.join(path.dirname(top), "tally.worktrees", name);

describe("the worktrees in a real VS Code", () => {
  const log = vscode.window.createOutputChannel("host tests", { log: true });
  const fleets = new Fleets(log);
  const provider = new WorktreesProvider(fleets);
  const visibility = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  const watch = new Watch(fleets, { visible: true, onDidChangeVisibility: visibility.event });

  before(() => fleets.open());
  after(() => vscode.Disposable.from(watch, visibility, provider, fleets, log).dispose());

  /** The tree as text, a line a row, as VS Code would draw it. */
  function drawn(nodes: readonly Node[] = provider.getChildren(), indent = ""): string[] {
    return nodes.flatMap((node) => {
      const { label, description, iconPath, contextValue } = provider.getTreeItem(node);
      const icon = iconPath instanceof vscode.ThemeIcon ? iconPath.id : "";
      const line = `${indent}${icon} | ${label} | ${description} | ${contextValue}`;
      return [line, ...drawn(provider.getChildren(node), `${indent}  `)];
    });
  }

  function line(name: string): string | undefined {
    return drawn().find((each) => each.includes(` | ${name} | `));
  }

  /** Waits for a change after which it is so; the tests' own time limit ends it otherwise. */
  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        const listening = fleets.onDidChange(() => {
          listening.dispose();
          resolve();
        });
      });
    }
  }

  it("are a tree with a row for each, and its facts below it", async () => {
    await until(() => line("tidy-storage")?.includes("would delete") === true);
    await until(() => line("Plain diff") !== undefined);
    await until(() => line("dark-mode")?.includes("would conflict") === true);
    const steady = drawn().map((each) =>
      each
        .replaceAll(path.dirname(top), "…")
        .replaceAll(/\b[0-9a-f]{8}\b/g, "<oid>")
        .replace(/fetched .*? \|/, "fetched … |"),
    );
    assert.deepEqual(steady, [
      "home | tally | this window · main | ;worktree;current;main;folder;branch;",
      "  git-branch | Branch | main | ;detail;",
      "  target | Target | origin/main (<oid>), fetched … | ;detail;",
      "  compare-changes | Commits | level with origin/main | ;detail;",
      "  check | Files | nothing changed | ;detail;",
      "  folder | Folder | …/tally | ;detail;",
      "error | tidy-storage | would delete 42 lines of #12, #13 · would conflict with dark-mode · ↑3 | ;worktree;folder;branch;unlocked;removable;recoverable;lossy;",
      "  git-branch | Branch | agent/tidy-storage | ;detail;",
      "  error | CHANGELOG.md | 3 lines, shipped by Claude with CSV export (#12) | ;detail;loss;restorable;lines;",
      "  error | README.md | 5 lines, shipped by Jon Okafor with Explain the storage format (#13) | ;detail;loss;restorable;lines;",
      "  error | src/cli.js | 4 lines, shipped by Claude with CSV export (#12) | ;detail;loss;restorable;lines;",
      "  error | src/csv.js | the whole file, shipped by Claude with CSV export (#12) | ;detail;loss;restorable;",
      "  error | test/csv.test.js | the whole file, shipped by Claude with CSV export (#12) | ;detail;loss;restorable;",
      "  warning | Would conflict | with dark-mode in package.json | ;detail;overlap;",
      "  robot | Owner | Codex, by the place of the folder | ;detail;",
      "  git-commit | Base | not noted: it was made by another tool | ;detail;",
      "  compare-changes | Commits | 3 ahead of origin/main | ;detail;",
      "  check | Files | nothing changed | ;detail;",
      "  git-merge | Merged | no; commits that are not in origin/main: 3 | ;detail;",
      "  folder | Folder | …/.codex/worktrees/tidy-storage | ;detail;",
      "lock | dark-mode | would conflict with tidy-storage · locked · ↑2 ↓4 · 1 changed, 1 new | ;worktree;folder;branch;locked;removable;dirty;",
      "  git-branch | Branch | agent/dark-mode | ;detail;",
      "  info | Plain diff | 6 files look deleted; the merge keeps them | ;detail;looksOnly;",
      "  warning | Would conflict | with tidy-storage in package.json | ;detail;overlap;",
      "  robot | Owner | GitHub Copilot, by the lock's reason | ;detail;",
      "  git-commit | Base | not noted: it was made by another tool | ;detail;",
      "  compare-changes | Commits | 2 ahead of origin/main, 4 behind | ;detail;",
      "  edit | Files | 1 changed, 1 new | ;detail;files;",
      "  git-merge | Merged | no; commits that are not in origin/main: 2 | ;detail;",
      "  lock | Locked | GitHub Copilot is working here | ;detail;lock;",
      "  folder | Folder | …/tally.worktrees/dark-mode | ;detail;",
      "git-merge | csv-export | squash-merged | ;worktree;folder;branch;unlocked;removable;merged;",
      "  git-branch | Branch | agent/csv-export | ;detail;",
      "  robot | Owner | Claude Code, by the place of the folder | ;detail;",
      "  git-commit | Base | not noted: it was made by another tool | ;detail;",
      "  compare-changes | Commits | 3 ahead of origin/main, 3 behind | ;detail;",
      "  check | Files | nothing changed | ;detail;",
      "  git-merge | Merged | squash-merged into origin/main as <oid> | ;detail;",
      "  folder | Folder | …/tally/.claude/worktrees/csv-export | ;detail;",
    ]);
  });

  it("are made, removed and brought back by commands, with real git", async () => {
    const made = await vscode.commands.executeCommand("agentForeman.newWorktree", {
      name: "Round totals half up",
      agent: "codex",
    });
    assert.equal(made, beside("round-totals-half-up"));
    assert.equal(repo.git("rev-parse", "agent/round-totals-half-up"), repo.git("rev-parse", "origin/main"));
    await until(() => line("round-totals-half-up")?.includes("| fresh base |") === true);

    TestRepo.at(beside("round-totals-half-up")).commit("Round half up", { "src/round.js": "export {};\n" });
    TestRepo.at(beside("round-totals-half-up")).write({ "note.txt": "not yet committed\n" });
    await until(() => line("round-totals-half-up")?.includes("↑1 · 1 new") === true);

    await vscode.commands.executeCommand("agentForeman.removeWorktree", { path: made, anyway: true });
    assert.equal(existsSync(beside("round-totals-half-up")), false);
    assert.equal(repo.git("branch", "--list", "agent/round-totals-half-up"), "");
    await until(() => line("round-totals-half-up") === undefined);

    const opened = await openRepo(top);
    assert.ok(opened.ok);
    const [removal] = await readRemovals(opened.value);
    await vscode.commands.executeCommand("agentForeman.undoRemove", { id: removal?.id });
    assert.equal(TestRepo.at(beside("round-totals-half-up")).git("status", "--porcelain"), "?? note.txt");
    await until(() => line("round-totals-half-up")?.includes("↑1 · 1 new") === true);
  });

  it("are not removed while an editor holds what nobody could bring back", async () => {
    const made = beside("round-totals-half-up");
    const autoSave = (value?: string) =>
      vscode.workspace.getConfiguration("files").update("autoSave", value, vscode.ConfigurationTarget.Global);
    await autoSave("off");
    const note = vscode.Uri.file(path.join(made, "note.txt"));
    await vscode.window.showTextDocument(note);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(note, new vscode.Position(0, 0), "not saved: ");
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand("agentForeman.removeWorktree", { path: made, anyway: true });
    assert.equal(existsSync(made), true);

    assert.equal(await vscode.workspace.saveAll(false), true);
    await vscode.commands.executeCommand("agentForeman.removeWorktree", { path: made, anyway: true });
    assert.equal(existsSync(made), false);
    const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.equal(open.includes("note.txt"), false);
    await autoSave();
  });

  it("follow what plain git does outside", async () => {
    repo.git("worktree", "add", "-q", "-b", "by-hand", beside("by-hand"));
    await until(() => line("by-hand") !== undefined);
    const byHand = TestRepo.at(beside("by-hand"));
    byHand.write({ "src/deep/er.js": "export {};\n" });
    await until(() => line("by-hand")?.includes("1 new") === true);
    byHand.git("add", "-A");
    byHand.git("commit", "-q", "-m", "By hand");
    await until(() => line("by-hand")?.includes("| ↑1 |") === true);
    repo.git("worktree", "lock", beside("by-hand"));
    await until(() => line("by-hand")?.includes("locked") === true);
    repo.git("worktree", "unlock", beside("by-hand"));
    repo.git("worktree", "remove", beside("by-hand"));
    await until(() => line("by-hand") === undefined);
  });

  it("show what would be lost before it is committed, and that it is not when the lines are back", async () => {
    repo.git("worktree", "add", "-q", "-b", "old-copy", beside("old-copy"), "origin/main");
    const oldCopy = TestRepo.at(beside("old-copy"));
    await until(() => line("old-copy") !== undefined);
    const csv = repo.git("log", "--format=%H", "--fixed-strings", "--grep=(#12)", "-1", "origin/main");
    oldCopy.write({ "src/cli.js": `${repo.git("show", `${csv}^:src/cli.js`)}\n` });
    await until(() => /\| would delete \d+ lines? of #12 ./.test(line("old-copy") ?? ""));
    oldCopy.git("checkout", "-q", "--", ".");
    await until(() => line("old-copy")?.includes("would delete") === false);
    repo.git("worktree", "remove", beside("old-copy"));
    await until(() => line("old-copy") === undefined);
  });

  it("get a hook that stops a push which would delete others' work, by a command, and lose it again", async () => {
    const push = () => {
      const options = { cwd: repo.dir, encoding: "utf8" } as const;
      const { status, stderr } = spawnSync(
        "git",
        ["push", "-q", "origin", "agent/tidy-storage:refs/heads/agent/tidy-again"],
        options,
      );
      return `${status} ${stderr.split(". ")[0]}`;
    };
    await vscode.commands.executeCommand("agentForeman.setUpHooks", { prePush: true, claude: false });
    assert.equal(push(), "1 agent-foreman: this push was stopped");
    await vscode.commands.executeCommand("agentForeman.setUpHooks", { prePush: false, claude: false });
    assert.equal(push(), "0 ");
    repo.git("push", "-q", "origin", "--delete", "agent/tidy-again");
  });

  it("are drawn again one at a time where one has changed", async () => {
    const fired: (Node | undefined)[] = [];
    const listening = provider.onDidChangeTreeData((node) => fired.push(node));
    const updating = fleets.onDidChange((change) => provider.update(change));
    const tidyStorage = path.join(path.dirname(top), ".codex", "worktrees", "tidy-storage");
    TestRepo.at(tidyStorage).write({ "new.txt": "one more\n" });
    await until(() => line("tidy-storage")?.includes("1 new") === true);
    updating.dispose();
    listening.dispose();
    const paths = fired.map((node) => node && "path" in node && node.path);
    assert.deepEqual([...new Set(paths)], [tidyStorage]);
  });
});
