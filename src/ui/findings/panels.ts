import * as vscode from "vscode";
import { webviews } from "../manifest";
import { tellRefusal } from "../tell";
import type { PublishedStatus } from "./publishedStatus";
import type { Reviews } from "./reviews";

/** The findings panels of this window, by the worktree that each shows. */
export class FindingsPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly opened = new Map<vscode.WebviewPanel, { worktree: string; owned: vscode.Disposable }>();
  private readonly serializer: vscode.Disposable;

  constructor(
    private readonly reviews: Reviews,
    private readonly status: PublishedStatus,
    private readonly extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(webviews.findings, this);
  }

  dispose(): void {
    this.serializer.dispose();
    for (const { owned } of this.opened.values()) owned.dispose();
    this.opened.clear();
  }

  /** Shows a worktree's findings, in the panel that shows them already where there is one. */
  async open(worktree: string): Promise<void> {
    const [shown] = [...this.opened].find(([, each]) => each.worktree === worktree) ?? [];
    if (shown) return shown.reveal();
    const title = vscode.l10n.t("Findings");
    const panel = vscode.window.createWebviewPanel(webviews.findings, title, vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    await this.fill(panel, worktree);
  }

  /** The worktree is gone, and with it what its panels show. */
  close(worktree: string): void {
    for (const [panel, each] of this.opened) if (each.worktree === worktree) panel.dispose();
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
      this.opened.get(panel)?.owned.dispose();
      this.opened.delete(panel);
    });
    const held = await this.reviews.hold(worktree);
    if (!held.ok) {
      panel.dispose();
      return void tellRefusal(held.refusal);
    }
    const { FindingsPanel } = await import("./findingsPanel");
    if (closed) return held.value.dispose();
    const shown = new FindingsPanel(
      panel,
      worktree,
      held.value.live,
      this.status,
      this.extensionUri,
      this.log,
    );
    this.opened.set(panel, { worktree, owned: vscode.Disposable.from(shown, held.value) });
  }
}

/** What a panel left behind, see media/findings; anything else was not ours. */
function worktreeOf(state: unknown): string | null {
  if (typeof state !== "object" || state === null || !("worktree" in state)) return null;
  return typeof state.worktree === "string" ? state.worktree : null;
}
