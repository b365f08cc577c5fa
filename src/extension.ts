import type * as vscode from "vscode";
import { watchRuns } from "./ui/agents/watchRuns";
import { registerCommands } from "./ui/commands";
import { EditorLosses } from "./ui/editor";
import { Comments } from "./ui/findings/comments";
import { FindingsPanels } from "./ui/findings/panels";
import { PublishedStatus } from "./ui/findings/publishedStatus";
import { Reviews } from "./ui/findings/reviews";
import { Fleets } from "./ui/fleets";
import { CleanUpOffers } from "./ui/github/offerCleanUp";
import { PullWatch } from "./ui/github/pullWatch";
import { GitHubSignIn } from "./ui/github/signIn";
import { keepHooksCurrent } from "./ui/hooks/keepCurrent";
import { openLog } from "./ui/log";
import { NeedsView } from "./ui/needsYou/view";
import { Preview } from "./ui/preview";
import { PullsView } from "./ui/pulls/view";
import { openWhereAgentsWork } from "./ui/startup";
import { WorktreesView } from "./ui/tree/view";
import { Watch } from "./ui/watch/watch";

/** Builds and registers. Git is asked when the view is looked at, a command is run, or where a repo has worktrees. */
export function activate(context: vscode.ExtensionContext): void {
  const log = openLog();
  const fleets = new Fleets(log.channel);
  const view = new WorktreesView(fleets);
  const watch = new Watch(fleets, view.view);
  const editor = new EditorLosses(fleets, context.extensionUri);
  const needs = new NeedsView(fleets, view.view);
  const pullsView = new PullsView(fleets);
  const signIn = new GitHubSignIn();
  const pulls = new PullWatch(fleets, signIn, [view.view, needs.view, pullsView.view]);
  const cleanUp = new CleanUpOffers(fleets);
  const agents = watchRuns(fleets, view.view);
  const preview = new Preview();
  // VS Code's own program runs it where there is no node.
  const program = { cli: context.asAbsolutePath("dist/cli.js"), node: process.execPath };
  const hooks = keepHooksCurrent(fleets, program, log.channel);
  const reviews = new Reviews();
  const status = new PublishedStatus(fleets, signIn, pulls, log.channel);
  const findings = new FindingsPanels(reviews, status, context.extensionUri, log.channel);
  const comments = new Comments(fleets, reviews);
  const verbs = registerCommands({
    fleets,
    view,
    editor,
    preview,
    findings,
    comments,
    status,
    signIn,
    pulls,
    program,
    memory: context.workspaceState,
    secrets: context.secrets,
    log: log.channel,
  });
  context.subscriptions.push(
    verbs,
    hooks,
    comments,
    agents,
    findings,
    status,
    reviews,
    preview,
    editor,
    pulls,
    cleanUp,
    signIn,
    watch,
    pullsView,
    needs,
    view,
    fleets,
    log,
  );
  void openWhereAgentsWork(fleets);
}
