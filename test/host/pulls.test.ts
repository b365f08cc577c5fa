import assert from "node:assert/strict";
import path from "node:path";
import * as vscode from "vscode";
import { Fleets } from "../../src/ui/fleets";
import { PullWatch } from "../../src/ui/github/pullWatch";
import { GitHubSignIn } from "../../src/ui/github/signIn";
import { NeedsProvider } from "../../src/ui/needsYou/provider";
import { PullsProvider } from "../../src/ui/pulls/provider";
import { WorktreesProvider } from "../../src/ui/tree/provider";
import { GitHubServer } from "../kit/github";
import { TestRepo } from "../kit/repo";

const top = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
const repo = TestRepo.at(top);
const darkMode = path.join(path.dirname(top), "tally.worktrees", "dark-mode");

describe("pull requests in a real VS Code", () => {
  const log = vscode.window.createOutputChannel("host tests of pull requests", { log: true });
  const fleets = new Fleets(log);
  const signIn = new GitHubSignIn();
  const visibility = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  const watch = new PullWatch(fleets, signIn, [{ visible: true, onDidChangeVisibility: visibility.event }]);
  const worktrees = new WorktreesProvider(fleets);
  const pulls = new PullsProvider(fleets);
  const needs = new NeedsProvider(fleets);
  const enterprise = vscode.workspace.getConfiguration("github-enterprise");
  let server: GitHubServer;
  let origin = "";

  before(async () => {
    server = await GitHubServer.start();
    const { world } = server;
    repo.git("push", "-q", world.origin.dir, "--all");
    repo.git("push", "-q", "-f", world.origin.dir, "refs/remotes/origin/main:refs/heads/main");
    world.required = ["test"];
    const dark = world.open("agent/dark-mode", { title: "Dark mode" });
    world.check(dark.head, "test", "FAILURE");
    const cloud = world.open("agent/tidy-storage", { title: "Tidy up", from: "bob/tally", author: "bob" });
    world.check(cloud.head, "test", null);
    origin = repo.git("remote", "get-url", "origin");
    repo.git("remote", "set-url", "origin", server.remote);
    await fleets.open();
  });
  after(async () => {
    repo.git("remote", "set-url", "origin", origin);
    for (const name of ["GITHUB_TOKEN", "GITHUB_API_URL", "GITHUB_SERVER_URL"]) delete process.env[name];
    await enterprise.update("uri", undefined, vscode.ConfigurationTarget.Global);
    vscode.Disposable.from(watch, signIn, visibility, worktrees, pulls, needs, fleets, log).dispose();
    await server.close();
  });

  const fleet = () => fleets.all[0] ?? assert.fail("no repo");

  function rows(): string[] {
    const lines = [
      ...worktrees.getChildren().map((node) => worktrees.getTreeItem(node)),
      ...pulls.getChildren().map((node) => pulls.getTreeItem(node)),
    ];
    return lines.map(
      ({ label, description, contextValue }) => `${label} | ${description ?? ""} | ${contextValue}`,
    );
  }

  function row(name: string): string | undefined {
    return rows().find((line) => line.startsWith(name));
  }

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

  it("ask for a sign-in only by a row, and send nothing before", async () => {
    await watch.now(fleet());
    assert.deepEqual(pulls.getChildren(), []);
    await enterprise.update("uri", server.url, vscode.ConfigurationTarget.Global);
    await watch.now(fleet());
    assert.equal(row("Sign in to GitHub"), "Sign in to GitHub |  | ;gitHub;signedOut;");
    assert.deepEqual(server.calls, []);
  });

  it("stand beside their worktrees, and those without one in a list of their own, judged like any branch", async () => {
    Object.assign(process.env, {
      GITHUB_TOKEN: server.token,
      GITHUB_API_URL: server.url,
      GITHUB_SERVER_URL: server.url,
    });
    await watch.now(fleet());
    await until(() => row("#2")?.includes("would delete") === true);
    await until(() => row("#2")?.includes("would conflict") === true);
    assert.match(row("dark-mode") ?? "", / · #1 failed: test · .*;pull;armable;rerunnable;/);
    assert.match(
      row("#2 Tidy up") ?? "",
      /^#2 Tidy up \| would delete 42 lines of #12, #13 · would conflict with dark-mode · checks running · bob \| ;alone;pull;armable;$/,
    );
    assert.equal(row("Sign in"), undefined);
  });

  it("are in the list of what needs a person, until that person mutes them", async () => {
    // What the tests of findings have left to decide is not asked about here.
    const nodes = () =>
      needs
        .getChildren()
        .filter((node) => !/findings? to decide/.test(String(needs.getTreeItem(node).description)));
    const list = () =>
      nodes().map((node) => {
        const { label, description, contextValue, command } = needs.getTreeItem(node);
        // The gates are judged at their own pace.
        const why = String(description).replace(/ · not done: .*/, "");
        return `${label} | ${why} | ${contextValue} | ${command?.command}`;
      });
    await until(() =>
      list()
        .slice(1)
        .every((line) => line.includes("would conflict")),
    );
    assert.deepEqual(list(), [
      "tidy-storage | would delete 42 lines of #12, #13 · would conflict with dark-mode | ;need;loud; | agentForeman.recoverBranch",
      "#2 Tidy up | would delete 42 lines of #12, #13 · would conflict with dark-mode | ;need;loud; | agentForeman.openPull",
      "dark-mode | failed: test · would conflict with #2, tidy-storage | ;need;loud; | agentForeman.openPull",
    ]);
    // What comes to be known later is one more thing to decide.
    await fleet().check();
    await fleet().compare();
    await fleet().judge();
    await vscode.commands.executeCommand("agentForeman.muteNeed", nodes()[2]);
    await fleet().refresh({ refs: true });
    assert.match(list()[2] ?? "", /^dark-mode \| muted · failed: test .* \| ;need;muted; \|/);
    await vscode.commands.executeCommand("agentForeman.unmuteNeed", nodes()[2]);
    await fleet().refresh({ refs: true });
    assert.match(list()[2] ?? "", /^dark-mode \| failed: test .* \| ;need;loud; \|/);
  });

  it("are run again, armed and merged by GitHub, by commands on their rows", async () => {
    const { world } = server;
    const dark = world.find(1) ?? assert.fail();
    await vscode.commands.executeCommand("agentForeman.rerunChecks", { path: darkMode });
    assert.equal(world.checksOf(dark)[0]?.conclusion, null);
    await vscode.commands.executeCommand("agentForeman.armAutoMerge", { path: darkMode });
    assert.equal(dark.autoMerge, "SQUASH");
    await watch.now(fleet());
    assert.match(row("dark-mode") ?? "", / · #1 checks running · .*;pull;armed;/);
    await vscode.commands.executeCommand("agentForeman.copyPullLink", { path: darkMode });
    assert.equal(await vscode.env.clipboard.readText(), "https://github.example/ann/tracker/pull/1");

    world.check(dark.head, "test", "SUCCESS");
    await watch.now(fleet());
    assert.match(row("dark-mode") ?? "", / · #1 merged · /);
    assert.equal(dark.state, "MERGED");
  });

  it("stay as they were known while GitHub fails, with one row that says why", async () => {
    server.fail("unauthorized");
    await watch.now(fleet());
    assert.match(row("dark-mode") ?? "", / · #1 merged, as it was just now · /);
    assert.match(
      row("127.0.0.1") ?? "",
      /^127\.0\.0\.1 does not accept the sign-in any more\. \| as it was just now \| ;gitHub;problem;$/,
    );
    server.recover();
    await watch.now(fleet());
    assert.equal(row("127.0.0.1"), undefined);
  });
});
