import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import { openRepo } from "../../src/git/repo";
import { Fleets } from "../../src/ui/fleets";
import { NeedsProvider } from "../../src/ui/needsYou/provider";
import { WorktreesProvider } from "../../src/ui/tree/provider";
import { readRemovals } from "../../src/worktrees/removalNote";
import { readFolder } from "../kit/folder";
import { TestRepo } from "../kit/repo";

const top = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
const repo = TestRepo.at(top);
const branch = "agent/old-report";
const old = repo.at(path.join(`${top}.worktrees`, "old-report"));
const named = { repo: path.join(top, ".git"), branch };

const run = (command: string, argument: object) =>
  vscode.commands.executeCommand(`agentForeman.${command}`, argument);

/** The new worktree of a new branch. */
const desk = (name: string) => repo.at(path.join(`${top}.worktrees`, path.basename(name)));

/** What a recovery could leave behind. */
const traces = () => ({
  refs: repo.git("for-each-ref", "refs/heads", "refs/agent-foreman"),
  worktrees: repo.git("worktree", "list"),
});

/** The rows as a window has them that was opened just now: nothing of it comes from memory. */
async function rows(): Promise<string[]> {
  const log = vscode.window.createOutputChannel("host tests of recoveries", { log: true });
  const fleets = new Fleets(log);
  const worktrees = new WorktreesProvider(fleets);
  const needs = new NeedsProvider(fleets);
  await fleets.open();
  const items = [
    ...worktrees.getChildren().map((node) => worktrees.getTreeItem(node)),
    ...needs.getChildren().map((node) => needs.getTreeItem(node)),
  ];
  vscode.Disposable.from(worktrees, needs, fleets, log).dispose();
  return items
    .map(({ label, description, contextValue, command }) =>
      [label, description, contextValue, command?.command].filter(Boolean).join(" | "),
    )
    .filter((line) => /^(old-report|one|two|three)\b/.test(line));
}

/** Where it stands, and what can be done about it. */
async function standing(): Promise<string[]> {
  return (await rows()).map((row) => {
    const can = ["recovering", "settling", "abortable", "recoverable"].filter((each) =>
      row.includes(`;${each};`),
    );
    const said = /(?:being recovered|recovering )[^·|]*/.exec(row)?.[0].trim();
    const does = /agentForeman\.(\w+)$/.exec(row)?.[1];
    return [row.split(" | ")[0], said, can.join("+"), does].filter(Boolean).join(" | ");
  });
}

/** Auto save has had its time by then: the web's VS Code gives an edit one second. */
const whatWasOpenIsSaved = () => sleep(2_500);

/** The files of a folder that are open in an editor of any kind, as far as it says which. */
const openFiles = (dir: string) =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) =>
      tabs.map(({ input }) => (input instanceof vscode.TabInputText ? input.uri.fsPath : "")),
    )
    .filter((file) => file.startsWith(dir));

describe("recovering a branch in a real VS Code", () => {
  let untouched: unknown;
  const state = () => ({ files: readFolder(old.dir), head: repo.git("rev-parse", branch) });

  before(async () => {
    repo.git("worktree", "add", "-q", "--no-track", "-b", branch, old.dir, "origin/main~3");
    old.commit("feat: a summary", { "src/summary.js": "export const summary = 1;\n" });
    const cli = readFileSync(path.join(old.dir, "src/cli.js"), "utf8");
    old.commit("feat: print it", { "src/cli.js": cli.replaceAll("else", "otherwise") });
    old.commit("docs: say so", { "SUMMARY.md": "Prints a summary.\n" });
    old.write({ "notes.md": "not committed\n" });
    untouched = state();
    await vscode.commands.executeCommand("agentForeman.refresh");
  });
  after(async () => {
    assert.deepEqual(state(), untouched);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const { dir } of [desk("one"), desk("three"), old]) repo.git("worktree", "remove", "--force", dir);
    repo.git("branch", "-q", "-D", branch, "one", "three");
    for (const ref of repo.git("for-each-ref", "--format=%(refname)", "refs/agent-foreman").split("\n"))
      if (/old-report|\/two\b/.test(ref)) repo.git("update-ref", "-d", ref);
  });

  it("stops at a conflict, which opens in an editor, and goes on when that is settled", async () => {
    await run("recoverBranch", { path: old.dir, as: "one" });
    const fresh = desk("one");
    // The git extension of the oldest VS Code knows no worktree outside the opened folder: then it is a plain editor.
    assert.match(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? "", /^(Merging: )?cli\.js$/);
    const conflict = "recovering agent/old-report: 2 of 3, conflict in src/cli.js";
    assert.deepEqual(await standing(), [
      `one | ${conflict} | recovering+settling+abortable`,
      "old-report | being recovered as one",
      `one | ${conflict} | openConflicts`,
    ]);
    // Nothing is settled yet.
    await run("continueRecovery", { path: fresh.dir });
    assert.equal(fresh.git("diff", "--name-only", "--diff-filter=U"), "src/cli.js");

    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    fresh.git("checkout", "-q", "--theirs", "src/cli.js");
    fresh.git("add", "src/cli.js");
    assert.match(
      (await standing())[0] ?? "",
      /2 of 3, settled, continue \| recovering\+settling\+abortable$/,
    );
    await run("continueRecovery", { path: fresh.dir });
    assert.equal(
      fresh.git("log", "--format=%s", "origin/main.."),
      "docs: say so\nfeat: print it\nfeat: a summary",
    );
    assert.equal(fresh.git("status", "--porcelain"), "?? notes.md");
    assert.doesNotMatch((await rows()).join(), /recovering/);
  });

  it("is taken back, and nothing is left behind", async () => {
    const found = traces();
    await run("recoverBranch", { ...named, as: "two" });
    assert.ok(existsSync(desk("two").dir));
    await run("abortRecovery", named);
    await whatWasOpenIsSaved();
    assert.deepEqual([existsSync(desk("two").dir), traces()], [false, found]);
  });

  it("leaves nothing behind either once the editor has saved what it made of the conflict by itself", async () => {
    const found = traces();
    await run("recoverBranch", { ...named, as: "two" });
    await whatWasOpenIsSaved();
    await run("abortRecovery", named);
    await whatWasOpenIsSaved();
    assert.deepEqual([existsSync(desk("two").dir), traces()], [false, found]);
  });

  it("keeps what was edited in it and not saved, for undo", async () => {
    await run("recoverBranch", { ...named, as: "two" });
    const summary = vscode.Uri.file(path.join(desk("two").dir, "src/summary.js"));
    const document = await vscode.workspace.openTextDocument(summary);
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(summary, new vscode.Position(0, 0), "// edited\n");
    await vscode.workspace.applyEdit(edit);
    await run("abortRecovery", named);
    await whatWasOpenIsSaved();
    assert.deepEqual([existsSync(desk("two").dir), openFiles(desk("two").dir)], [false, []]);
    const opened = await openRepo(top);
    assert.ok(opened.ok);
    const [removal] = await readRemovals(opened.value);
    await run("undoRemove", { id: removal?.id });
    assert.match(readFileSync(summary.fsPath, "utf8"), /^\/\/ edited\n/);
    repo.git("worktree", "remove", "--force", desk("two").dir);
    repo.git("branch", "-q", "-D", "two");
  });

  it("goes on without the commit that conflicts, also where the command line has begun it", async () => {
    const extension = vscode.extensions.getExtension("agent-foreman.agent-foreman");
    const program = path.join(extension?.extensionPath ?? "", "dist/cli.js");
    const { status } = spawnSync(process.execPath, [program, "recover", branch, "--as", "three"], {
      cwd: top,
    });
    assert.equal(status, 1);
    assert.match((await standing()).join("\n"), /^three \| recovering agent\/old-report: 2 of 3, conflict/m);
    await run("skipCommit", named);
    assert.equal(desk("three").git("log", "--format=%s", "origin/main.."), "docs: say so\nfeat: a summary");
  });
});
