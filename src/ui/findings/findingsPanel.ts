import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { type PanelSnapshot, type Request, readToHost, type ToPanel } from "../../messages";
import { adjudicate } from "../../review/adjudicate";
import { commands } from "../manifest";
import { visible } from "../markdown";
import { panelHtml } from "./html";
import type { LiveReview } from "./liveReview";
import { openFinding } from "./openFinding";
import { present } from "./present";
import type { PublishedStatus } from "./publishedStatus";
import { panelWords } from "./words";

const verbs = {
  review: "reviewChanges",
  import: "importFindings",
  send: "sendFindings",
  publish: "publishFindings",
} as const;

/** One webview that shows one review: sends whole snapshots, answers every request. */
export class FindingsPanel implements vscode.Disposable {
  private readonly owned: vscode.Disposable[];
  private ready = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly worktree: string,
    private readonly live: LiveReview,
    private readonly status: PublishedStatus,
    extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const { webview } = panel;
    const dist = vscode.Uri.joinPath(extensionUri, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.owned = [
      webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
      live.onDidChange(() => this.show()),
      panel.onDidChangeViewState(() => {
        if (panel.visible) void live.refresh();
      }),
    ];
    webview.html = panelHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(dist, "panel.js")).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(dist, "panel.css")).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString("hex"),
      language: vscode.env.language,
      loading: vscode.l10n.t("Reading the findings…"),
    });
  }

  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    for (const each of this.owned) each.dispose();
  }

  private async receive(message: unknown): Promise<void> {
    const request = readToHost(message);
    if (!request) {
      this.log.warn("The findings panel sent what is no message of ours; it was passed over.");
    } else if (request.type === "ready") {
      this.ready = true;
      this.send({ type: "words", words: panelWords(vscode.l10n.t) });
      if (this.live.revision > 0) this.show();
      else await this.live.refresh();
    } else {
      this.send({ type: "answer", request: request.request, problem: await this.answer(request) });
    }
  }

  /** Null: done. A text: why not. */
  private async answer(request: Request): Promise<string | null> {
    try {
      switch (request.type) {
        case "decide":
          return await this.decide(request);
        case "openFile": {
          const finding = this.live.review?.findings.find(({ id }) => id === request.finding);
          return finding
            ? await openFinding(this.worktree, finding)
            : vscode.l10n.t("This finding is not there any more.");
        }
        case "review":
        case "import":
        case "send":
        case "publish":
          // It asks, waits and answers by itself, longer than a panel would wait.
          void vscode.commands.executeCommand(commands[verbs[request.type]].id, { path: this.worktree });
          return null;
      }
    } catch (error) {
      this.log.error("The findings panel:", error instanceof Error ? error : String(error));
      const message = error instanceof Error ? error.message : String(error);
      return vscode.l10n.t("That failed unexpectedly: {0}", visible(message));
    }
  }

  private async decide({
    finding,
    verdict,
    reason,
  }: Extract<Request, { type: "decide" }>): Promise<string | null> {
    const noted = await adjudicate(this.live.repo, { finding, verdict, reason });
    if (!noted.ok) return visible(`${noted.refusal.message} ${noted.refusal.hint}`);
    this.status.decided(this.worktree);
    // Read before the answer goes out, so that the panel never shows the old state in between.
    await this.live.refresh();
    return null;
  }

  private show(): void {
    if (!this.ready) return;
    const { review, revision, problem } = this.live;
    const shown: PanelSnapshot = review
      ? present(review, this.worktree, revision, vscode.l10n.t)
      : {
          revision,
          worktree: this.worktree,
          title: "",
          subtitle: "",
          reviewed: false,
          problem: "",
          findings: [],
          precision: [],
        };
    if (shown.title) this.panel.title = shown.title;
    this.send({ type: "snapshot", snapshot: { ...shown, problem: visible(problem) } });
  }

  private send(message: ToPanel): void {
    void this.panel.webview.postMessage(message);
  }
}
