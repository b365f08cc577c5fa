import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { TestRepo } from "../kit/repo";

const top = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
const tidyStorage = path.join(path.dirname(top), ".codex", "worktrees", "tidy-storage");
const repo = TestRepo.at(tidyStorage);
const file = (name: string) => vscode.Uri.file(path.join(tidyStorage, name));

interface Problem {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly found: vscode.Diagnostic;
}

/** Ours, in the order of their files. */
function problems(): Problem[] {
  const all = vscode.languages.getDiagnostics().flatMap(([uri, list]) => {
    const name = path.relative(tidyStorage, uri.fsPath).split(path.sep).join("/");
    return list.filter(({ source }) => source === "Agent Foreman").map((found) => ({ uri, name, found }));
  });
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function problemOf(name: string): Problem | undefined {
  return problems().find((each) => each.name === name);
}

async function until(isSo: () => boolean): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve) => {
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      if (!isSo()) return;
      listening.dispose();
      resolve();
    });
  });
}

/** Opens a file, and waits until the target's own lines are known: then its problem says in which line it begins. */
async function open(name: string): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(file(name));
  await lenses(editor.document.uri, 4);
  return editor;
}

async function lenses(uri: vscode.Uri, wanted: number): Promise<vscode.CodeLens[]> {
  for (;;) {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      uri,
    );
    const ours = all.filter(({ command }) => command?.command.startsWith("agentForeman."));
    if (ours.length === wanted) return ours;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function fixes(uri: vscode.Uri, line: number): Promise<vscode.CodeAction[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    new vscode.Range(line, 0, line, 0),
  );
  return all.filter(({ command }) => command?.command.startsWith("agentForeman."));
}

/** Takes a fix as soon as it is offered; VS Code may drop what it asked for while an editor was still opening. */
async function fix(uri: vscode.Uri, line: number, title: string): Promise<void> {
  let chosen: vscode.CodeAction | undefined;
  for (let round = 0; round < 100 && !chosen?.command; round++) {
    if (round > 0) await new Promise((resolve) => setTimeout(resolve, 100));
    chosen = (await fixes(uri, line)).find((each) => each.title === title);
  }
  assert.ok(chosen?.command, `${title} is not offered`);
  await vscode.commands.executeCommand(chosen.command.command, ...(chosen.command.arguments ?? []));
}

describe("losses in the editors of a real VS Code", () => {
  before(async () => {
    await vscode.commands.executeCommand("agentForeman.worktrees.focus");
    await until(() => problems().length === 5);
  });

  const head = repo.git("rev-parse", "HEAD");
  after(async () => {
    repo.git("reset", "-q", "--hard", head);
    await until(() => problems().length === 5);
  });
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("are in Problems, also where nobody opened the file and where there is none any more", () => {
    assert.deepEqual(
      problems().map(({ uri, name, found: { range, severity, message } }) => {
        const place = uri.scheme === "file" ? name : `${name}, gone`;
        return `${place}:${range.start.line + 1} ${vscode.DiagnosticSeverity[severity]} ${message.split(" Shipped")[0]}`;
      }),
      [
        "CHANGELOG.md:2 Error The merge into origin/main would lose 3 lines of #12.",
        "README.md:11 Error The merge into origin/main would lose 5 lines of #13.",
        "src/cli.js:1 Error The merge into origin/main would lose 4 lines of #12.",
        "src/csv.js, gone:1 Error The merge into origin/main would lose this file (15 lines of #12).",
        "test/csv.test.js, gone:1 Error The merge into origin/main would lose this file (15 lines of #12).",
      ],
    );
    const { message, relatedInformation = [] } = problemOf("src/cli.js")?.found ?? {};
    const merge = repo.git("rev-parse", "HEAD").slice(0, 9);
    assert.equal(
      message?.replace(/^.*?\. /, ""),
      "Shipped by Claude with CSV export (#12). " +
        `The merge ${merge} brought these lines in from the target and threw them away. ` +
        "The branch started before #12 landed, and no commit of it has ever had this. " +
        "4 lines that #12 wrote are gone, and 1 that it had replaced is back.",
    );
    assert.deepEqual(
      relatedInformation.map((each) => each.message),
      [
        "line 2 of origin/main would go",
        "lines 21 to 22 of origin/main would go",
        "line 24 of origin/main would go",
      ],
    );
  });

  it("lead from Problems to the lines in the target's own file", async () => {
    const [, second] = problemOf("src/cli.js")?.found.relatedInformation ?? [];
    assert.ok(second);
    const document = await vscode.workspace.openTextDocument(second.location.uri);
    assert.equal(
      document.getText(second.location.range),
      '} else if (command === "export") {\n  process.stdout.write(toCsv(load()));\n',
    );
    assert.equal(document.languageId, "javascript");
  });

  it("say on hover who shipped it, why it looks unmeant, how sure that is and what would go", async () => {
    const { document } = await open("src/cli.js");
    const hover = async (line: number, character: number) => {
      const at = new vscode.Position(line, character);
      const all = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        at,
      );
      return all
        .flatMap(({ contents }) => contents)
        .filter((each) => each instanceof vscode.MarkdownString)
        .find(({ value }) => value.includes("Merging"));
    };
    // The lines are read once the file is open.
    let text = await hover(0, 0);
    while (!text?.value.includes("```")) text = await hover(0, 0);
    const shown = text?.value
      .replaceAll(/[0-9a-f]{8,}/g, "<oid>")
      .replaceAll(/command:(\w+\.\w+)\?\S*\)/g, "$1)");
    assert.deepEqual(shown?.split("\n"), [
      "$(error) **Merging agent\\/tidy\\-storage into origin\\/main would lose 4 lines of \\#12**",
      "",
      "CSV export \\(\\#12\\), by Claude, 24 h ago `<oid>`",
      "",
      "- The merge <oid> brought these lines in from the target and threw them away\\.",
      "- The branch started before \\#12 landed, and no commit of it has ever had this\\.",
      "- 4 lines that \\#12 wrote are gone, and 1 that it had replaced is back\\.",
      "- Removed by Merge main into agent\\/tidy\\-storage `<oid>`",
      "",
      "Certain\\: the history itself shows it\\.",
      "",
      "[$(discard) Restore these lines](agentForeman.restoreLoss) &nbsp; [$(git-compare) Show what the merge would do](agentForeman.showMerge) &nbsp; [$(check) It is meant…](agentForeman.meantLoss) &nbsp; [$(repo-forked) Recover the branch…](agentForeman.recoverBranch)",
      "",
      "```javascript",
      'import { toCsv } from "./csv.js";',
      "⋯",
      '} else if (command === "export") {',
      "  process.stdout.write(toCsv(load()));",
      "⋯",
      '  console.error("usage: tally add AMOUNT CATEGORY [NOTE] | list | report | html | export");',
      "```",
    ]);
    // Beside the words at the end of the line, and nowhere else on it.
    assert.ok(await hover(19, document.lineAt(19).text.length));
    assert.equal(await hover(19, 12), undefined);
    assert.equal(await hover(10, 3), undefined);
  });

  it("stand above the place, with what can be done, and move with what is typed above", async () => {
    const editor = await open("src/cli.js");
    const { uri } = editor.document;
    const shown = async () =>
      (await lenses(uri, 4)).map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);
    assert.deepEqual(await shown(), [
      "2 Restore 4 lines of #12",
      "2 Show the merge",
      "2 It is meant…",
      "2 Recover the branch…",
    ]);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "// one\n// two\n"));
    assert.deepEqual((await shown())[0], "4 Restore 4 lines of #12");
    await vscode.commands.executeCommand("undo");
    assert.deepEqual((await shown())[0], "2 Restore 4 lines of #12");
  });

  it("are restored by a quick fix, as one change that can be undone", async () => {
    const { document } = await open("src/cli.js");
    const before = document.getText();
    const titles = (await fixes(document.uri, 0)).map(({ title }) => title);
    assert.deepEqual(titles, [
      "Restore these lines",
      "Restore the file",
      "Show what the merge would do",
      "It is meant…",
      "Recover the branch…",
    ]);
    assert.deepEqual(
      (await fixes(document.uri, 19)).map(({ title }) => title),
      titles,
    );
    assert.deepEqual(await fixes(document.uri, 10), []);

    await fix(document.uri, 0, "Restore these lines");
    const theirs = repo.git("show", "origin/main:src/cli.js");
    const mixed = theirs
      .replace("import { load, save }", "import { createStorage }")
      .replace("const [command", "const { load, save } = createStorage();\nconst [command");
    assert.equal(document.getText(), `${mixed}\n`);
    // Nobody saved yet: the warning goes because the lines are there again.
    await until(() => problemOf("src/cli.js") === undefined);
    assert.deepEqual(await lenses(document.uri, 0), []);

    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
    await until(() => problemOf("src/cli.js") !== undefined);
    await vscode.commands.executeCommand("redo");
    assert.equal(document.getText(), `${mixed}\n`);
    await document.save();
    repo.git("commit", "-q", "-a", "-m", "Bring the export back");
    await until(() => problemOf("src/cli.js") === undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("agentForeman.refresh");
    assert.equal(problemOf("src/cli.js"), undefined);
  });

  it("of a file that is gone are read in a document of their own, and come back byte for byte", async () => {
    const problem = problemOf("src/csv.js");
    assert.ok(problem);
    const editor = await vscode.window.showTextDocument(problem.uri);
    assert.equal(`${repo.git("show", "origin/main:src/csv.js")}\n`, editor.document.getText());
    assert.deepEqual(
      (await lenses(problem.uri, 4)).map(({ command }) => command?.title),
      ["Restore this file (15 lines of #12)", "Show the merge", "It is meant…", "Recover the branch…"],
    );
    await fix(problem.uri, 3, "Restore the file");
    const restored = file("src/csv.js").fsPath;
    assert.equal(readFileSync(restored, "utf8"), `${repo.git("show", "origin/main:src/csv.js")}\n`);
    assert.equal(statSync(restored).mode & 0o777, 0o644);
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, restored);

    await vscode.commands.executeCommand("undo");
    assert.equal(existsSync(restored), false);
    await fix(problem.uri, 3, "Restore the file");
    repo.git("add", "-A");
    repo.git("commit", "-q", "-m", "Bring the file back");
    await until(() => problemOf("src/csv.js") === undefined);
  });

  it("show the target's file beside what the merge would make of it", async () => {
    const { document } = await open("CHANGELOG.md");
    await fix(document.uri, 1, "Show what the merge would do");
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.equal(tab?.label, "CHANGELOG.md: origin/main ↔ after the merge");
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    const [before, after] = await Promise.all(
      [tab.input.original, tab.input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    assert.equal(before?.getText(), `${repo.git("show", "origin/main:CHANGELOG.md")}\n`);
    assert.equal(after?.getText(), readFileSync(file("CHANGELOG.md").fsPath, "utf8"));
  });

  it("are settled by saying that they are meant, and come back when that is taken back", async () => {
    const { document } = await open("README.md");
    const [, , meant] = await lenses(document.uri, 4);
    const [argument] = meant?.command?.arguments ?? [];
    await vscode.commands.executeCommand("agentForeman.meantLoss", {
      ...argument,
      reason: "moved to the wiki",
    });
    await until(() => problemOf("README.md") === undefined);
    await vscode.commands.executeCommand("agentForeman.reopenLoss", argument);
    await until(() => problemOf("README.md") !== undefined);
  });
});
