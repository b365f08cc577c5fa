import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Fleets } from "../fleets";
import { contextKeys, views } from "../manifest";
import { visible } from "../markdown";
import { type Node, WorktreesProvider } from "./provider";
import { viewState } from "./viewState";

const minute = 60_000;

/** The view of the worktrees: draws what changed, and says which welcome text fits. */
export class WorktreesView implements vscode.Disposable {
  readonly provider: WorktreesProvider;
  readonly view: vscode.TreeView<Node>;
  private readonly owned: vscode.Disposable[];
  private clock: NodeJS.Timeout | undefined;
  private state = "";

  constructor(private readonly fleets: Fleets) {
    this.provider = new WorktreesProvider(fleets);
    this.view = vscode.window.createTreeView(views.worktrees, { treeDataProvider: this.provider });
    this.owned = [
      this.provider,
      this.view,
      fleets.onDidChange((change) => {
        this.provider.update(change);
        this.frame();
      }),
      this.view.onDidChangeVisibility(({ visible }) => this.show(visible)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("agentForeman")) this.provider.redraw();
      }),
    ];
    this.frame();
    this.show(this.view.visible);
  }

  dispose(): void {
    clearInterval(this.clock);
    for (const each of this.owned) each.dispose();
  }

  /** Selects a worktree's row, where the view can be seen; the view is not brought up for it. */
  async reveal(fleet: Fleet, path: string): Promise<void> {
    if (!this.view.visible || !this.fleets.find(path)) return;
    await this.view.reveal(this.provider.node(fleet, path), { select: true, focus: false });
  }

  private show(visible: boolean): void {
    clearInterval(this.clock);
    if (!visible) return;
    void this.fleets.open();
    // Ages grow while nothing else changes.
    this.clock = setInterval(() => {
      this.provider.redraw();
      this.frame();
    }, minute);
  }

  private frame(): void {
    const { fleets } = this;
    const state = viewState({
      trusted: vscode.workspace.isTrusted,
      folders: vscode.workspace.workspaceFolders?.length ?? 0,
      snapshots: fleets.all.map((fleet) => fleet.snapshot),
      refusal: fleets.problem,
    });
    if (state !== this.state) {
      this.state = state;
      void vscode.commands.executeCommand("setContext", contextKeys.state, state);
    }
    this.view.message = state === "ready" ? this.problem() : "";
  }

  /** What is shown may be old where the last look failed. */
  private problem(): string {
    const problems = this.fleets.all.map((fleet) => fleet.snapshot.problem).filter((each) => each !== null);
    return problems.map(({ message, hint }) => visible(`${message} ${hint}`)).join(" ");
  }
}
