import * as vscode from "vscode";
import { done, type Outcome } from "../../model/outcome";
import { webviews } from "../manifest";
import { tellRefusal } from "../tell";
import type { FindingsPanel } from "./findingsPanel";
import type { LiveReview } from "./liveReview";

interface Opened {
  readonly live: LiveReview;
  readonly panels: Map<vscode.WebviewPanel, FindingsPanel>;
}

/** The findings panels of this window: one review for each worktree, however many panels show it. */
export class FindingsPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly opened = new Map<string, Opened>();
  private readonly serializer: vscode.Disposable;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(webviews.findings, this);
  }

  dispose(): void {
    this.serializer.dispose();
    for (const { live, panels } of this.opened.values()) {
      for (const panel of panels.values()) panel.dispose();
      live.dispose();
    }
    this.opened.clear();
  }

  /** Shows a worktree's findings, in the panel that shows them already where there is one. */
  async open(worktree: string): Promise<void> {
    const [shown] = this.opened.get(worktree)?.panels.values() ?? [];
    if (shown) return shown.reveal();
    const title = vscode.l10n.t("Findings");
    const panel = vscode.window.createWebviewPanel(webviews.findings, title, vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    await this.fill(panel, worktree);
  }

  /** VS Code restarted, or was reloaded, with a panel open. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const worktree = worktreeOf(state);
    if (worktree !== null && vscode.workspace.isTrusted) await this.fill(panel, worktree);
    else panel.dispose();
  }

  private async fill(panel: vscode.WebviewPanel, worktree: string): Promise<void> {
    let closed = false;
    panel.onDidDispose(() => {
      closed = true;
    });
    const opened = await this.openReview(worktree);
    if (closed) return this.release(worktree);
    if (!opened.ok) {
      panel.dispose();
      return void tellRefusal(opened.refusal);
    }
    const { live, panels } = opened.value;
    const { FindingsPanel } = await import("./findingsPanel");
    const shown = new FindingsPanel(panel, worktree, live, this.extensionUri, this.log);
    panels.set(panel, shown);
    panel.onDidDispose(() => {
      shown.dispose();
      panels.delete(panel);
      this.release(worktree);
    });
  }

  /** A review that no panel shows is not watched. */
  private release(worktree: string): void {
    const opened = this.opened.get(worktree);
    if (!opened || opened.panels.size > 0) return;
    opened.live.dispose();
    this.opened.delete(worktree);
  }

  private async openReview(worktree: string): Promise<Outcome<Opened>> {
    const before = this.opened.get(worktree);
    if (before) return done(before);
    const { LiveReview } = await import("./liveReview");
    const live = await LiveReview.open(worktree);
    if (!live.ok) return live;
    // Opened by another call meanwhile.
    const meanwhile = this.opened.get(worktree);
    if (meanwhile) {
      live.value.dispose();
      return done(meanwhile);
    }
    const opened = { live: live.value, panels: new Map() };
    this.opened.set(worktree, opened);
    return done(opened);
  }
}

/** What a panel left behind, see media/findings; anything else was not ours. */
function worktreeOf(state: unknown): string | null {
  if (typeof state !== "object" || state === null || !("worktree" in state)) return null;
  return typeof state.worktree === "string" ? state.worktree : null;
}
