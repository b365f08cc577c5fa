import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Fleets } from "../fleets";
import { FleetWatcher } from "./fleetWatcher";

// Where a watcher hears nothing (a network drive, no watches left), coming back to the window is when a person looks.
const staleMs = 60_000;

/**
 * Keeps the open repos watched. What changes is asked for while somebody can see it: in the view, or in the editors of a
 * window that has the focus.
 */
export class Watch implements vscode.Disposable {
  private readonly watchers = new Map<Fleet, FleetWatcher>();
  private readonly owned: vscode.Disposable[];
  private initWatchers: vscode.Disposable | undefined;
  private lookedAt = Date.now();

  constructor(
    private readonly fleets: Fleets,
    private readonly view: Pick<vscode.TreeView<unknown>, "visible" | "onDidChangeVisibility">,
  ) {
    this.owned = [
      fleets.onDidChange((change) => {
        if (!change) this.follow();
      }),
      view.onDidChangeVisibility(({ visible }) => {
        this.followInit();
        if (visible) this.look();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (!focused) return;
        if (Date.now() - this.lookedAt > staleMs) this.look();
        for (const watcher of this.watchers.values()) watcher.catchUp();
      }),
    ];
    this.follow();
  }

  dispose(): void {
    for (const each of [...this.owned, ...this.watchers.values()]) each.dispose();
    this.watchers.clear();
    this.initWatchers?.dispose();
  }

  /** Where an open folder is no repo yet, `git init` there makes it one. */
  private followInit(): void {
    const folders = this.view.visible && this.fleets.problem ? (vscode.workspace.workspaceFolders ?? []) : [];
    this.initWatchers?.dispose();
    this.initWatchers = vscode.Disposable.from(
      ...folders.map((folder) => {
        const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, ".git"));
        return vscode.Disposable.from(
          watcher,
          watcher.onDidCreate(() => this.fleets.reopen()),
        );
      }),
    );
  }

  private look(): void {
    this.lookedAt = Date.now();
    for (const fleet of this.fleets.all) void fleet.refresh();
  }

  private follow(): void {
    this.followInit();
    const wanted = new Set(this.fleets.all);
    for (const [fleet, watcher] of this.watchers) {
      if (wanted.has(fleet)) continue;
      watcher.dispose();
      this.watchers.delete(fleet);
    }
    const isSeen = () => this.view.visible || vscode.window.state.focused;
    for (const fleet of wanted) {
      if (!this.watchers.has(fleet)) this.watchers.set(fleet, new FleetWatcher(fleet, isSeen));
    }
  }
}
