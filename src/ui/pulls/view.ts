import * as vscode from "vscode";
import type { Fleets } from "../fleets";
import { contextKeys, views } from "../manifest";
import { type PullsNode, PullsProvider } from "./provider";

/** The view of the pull requests without a worktree; it is there where the repo is on a GitHub. */
export class PullsView implements vscode.Disposable {
  readonly view: vscode.TreeView<PullsNode>;
  private readonly provider: PullsProvider;
  private readonly owned: vscode.Disposable[];
  private state = "";

  constructor(private readonly fleets: Fleets) {
    this.provider = new PullsProvider(fleets);
    this.view = vscode.window.createTreeView(views.pulls, { treeDataProvider: this.provider });
    this.owned = [
      this.provider,
      this.view,
      fleets.onDidChange((change) => {
        if (!change || change.change.pulls) this.provider.redraw();
        this.frame();
      }),
    ];
  }

  dispose(): void {
    for (const each of this.owned) each.dispose();
  }

  private frame(): void {
    const states = this.fleets.all.map(({ snapshot }) => snapshot.github).filter((each) => each !== null);
    const state =
      states.length === 0 ? "off" : states.every(({ signedOut }) => signedOut) ? "signedOut" : "on";
    if (state === this.state) return;
    this.state = state;
    void vscode.commands.executeCommand("setContext", contextKeys.gitHub, state);
  }
}
