import * as vscode from "vscode";
import type { Change, Fleet } from "../fleet";
import type { Refusal } from "../model/outcome";
import type { Worktree } from "../model/worktree";
import { Batch } from "./watch/batch";

// While an agent edits all the time, its files are judged again after this at the latest.
const checkRestMs = 2_000;

/** What changed: one repo's snapshot, or (null) which repos there are. */
export type FleetsChange = { readonly fleet: Fleet; readonly change: Change } | null;

/** One fleet for each repo of the opened folders; opened only when somebody looks. */
export class Fleets implements vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<FleetsChange>();
  readonly onDidChange = this.changes.event;
  /** Why there is no repo to show; null where there is one, or none was looked for yet. */
  problem: Refusal | null = null;
  all: readonly Fleet[] = [];
  private checks: Batch[] = [];
  private opening: Promise<void> | null = null;
  /** Counts what was closed: what was begun before is not wanted any more. */
  private turn = 0;
  private readonly owned: vscode.Disposable[];

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.owned = [
      this.changes,
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.reopen()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.reopen()),
    ];
  }

  /** Opens the repos, once; whoever needs them calls it. Resolves when every fact has been asked for. */
  open(): Promise<void> {
    this.opening ??= this.openAll();
    return this.opening;
  }

  /** Forgets all, and opens again what had been opened. */
  async reopen(): Promise<void> {
    const wasOpen = this.opening !== null;
    this.close();
    this.changes.fire(null);
    if (wasOpen) await this.open();
  }

  /** The repo that has a worktree at this path, with the worktree. */
  find(path: string): { fleet: Fleet; worktree: Worktree } | null {
    for (const fleet of this.all) {
      const worktree = fleet.snapshot.worktrees.find((each) => each.path === path);
      if (worktree) return { fleet, worktree };
    }
    return null;
  }

  dispose(): void {
    this.close();
    for (const each of this.owned) each.dispose();
  }

  private close(): void {
    this.turn++;
    for (const each of [...this.checks, ...this.all]) each.dispose();
    this.checks = [];
    this.all = [];
    this.problem = null;
    this.opening = null;
  }

  private async openAll(): Promise<void> {
    // As with VS Code's own git: a repo that nobody trusts may make git run programs.
    if (!vscode.workspace.isTrusted) return;
    const { turn } = this;
    const { openFleet } = await import("../fleet");
    const opened = new Map<string, Fleet>();
    let problem: Refusal | null = null;
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      if (folder.uri.scheme !== "file") continue;
      const outcome = await openFleet(folder.uri.fsPath);
      if (!outcome.ok) {
        problem ??= outcome.refusal;
        this.log.info(`${outcome.refusal.message} ${outcome.refusal.hint}`);
      } else if (!opened.has(outcome.value.repo.commonDir)) {
        opened.set(outcome.value.repo.commonDir, outcome.value);
      }
    }
    const fleets = [...opened.values()];
    if (turn !== this.turn) return;
    this.all = fleets;
    this.problem = fleets.length > 0 ? null : problem;
    for (const fleet of fleets) {
      const checks = new Batch(
        () =>
          fleet
            .check()
            .then(() => fleet.compare())
            .then(() => fleet.judge()),
        checkRestMs,
      );
      this.checks.push(checks);
      fleet.onChange((change) => {
        this.changes.fire({ fleet, change });
        // What would be lost takes longest to find out, so it comes after all else is shown.
        if (change.snapshot.complete) checks.add({ refs: true });
      });
    }
    this.changes.fire(null);
    await Promise.all(fleets.map((fleet) => fleet.refresh()));
  }
}
