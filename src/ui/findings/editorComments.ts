import path from "node:path";
import * as vscode from "vscode";
import type { JudgedFinding } from "../../model/verdict";
import { FileText, findQuote } from "../../review/anchor";
import { shownPath } from "../../review/rank";
import type { Fleets } from "../fleets";
import { commentControllers, type FindingArgument } from "../manifest";
import { visible } from "../markdown";
import { commentLabel, commentText } from "./comment";
import type { HeldReview, Reviews } from "./reviews";

// What changes within this time is shown together.
const pauseMs = 300;

/** The findings about the files in sight, as comments at their lines, with what can be decided there. */
export class EditorComments implements vscode.Disposable {
  private readonly controller: vscode.CommentController;
  private readonly threads = new Map<string, Map<string, vscode.CommentThread>>();
  private readonly abouts = new WeakMap<vscode.CommentThread, FindingArgument>();
  private readonly held = new Map<string, Promise<HeldReview | null>>();
  private readonly owned: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly fleets: Fleets,
    private readonly reviews: Reviews,
  ) {
    const { id } = commentControllers.findings;
    this.controller = vscode.comments.createCommentController(id, vscode.l10n.t("Findings of reviewers"));
    const soon = () => this.showSoon();
    this.owned = [
      this.controller,
      fleets.onDidChange(soon),
      vscode.window.onDidChangeVisibleTextEditors(soon),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.threads.has(document.uri.toString())) soon();
      }),
    ];
    soon();
  }

  dispose(): void {
    this.closed = true;
    clearTimeout(this.timer);
    for (const held of this.held.values()) void held.then((each) => each?.dispose());
    this.held.clear();
    for (const each of this.owned) each.dispose();
  }

  /** What a thread is about; null where it is none of ours. */
  aboutOf(thread: object): FindingArgument | null {
    return this.abouts.get(thread as vscode.CommentThread) ?? null;
  }

  private showSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.show();
    }, pauseMs);
  }

  private async show(): Promise<void> {
    const inSight = new Map<vscode.TextDocument, string>();
    for (const { document } of vscode.window.visibleTextEditors) {
      const worktree = this.worktreeOf(document.uri);
      if (worktree !== null) inSight.set(document, worktree);
    }
    this.letGo(new Set(inSight.values()));
    const uris = new Set([...inSight.keys()].map(({ uri }) => uri.toString()));
    for (const uri of this.threads.keys()) if (!uris.has(uri)) this.clear(uri);
    for (const [document, worktree] of inSight) {
      const held = await this.hold(worktree);
      if (held && !this.closed) this.draw(document, worktree, held.live.review?.findings ?? []);
    }
  }

  /** The innermost worktree that has the file. */
  private worktreeOf({ scheme, fsPath }: vscode.Uri): string | null {
    if (scheme !== "file" || !vscode.workspace.isTrusted) return null;
    const paths = this.fleets.all.flatMap(({ snapshot }) => snapshot.worktrees.map((each) => each.path));
    const around = paths.filter((each) => fsPath.startsWith(each + path.sep));
    return around.sort((a, b) => b.length - a.length)[0] ?? null;
  }

  private hold(worktree: string): Promise<HeldReview | null> {
    const held = this.held.get(worktree) ?? this.open(worktree);
    this.held.set(worktree, held);
    return held;
  }

  private async open(worktree: string): Promise<HeldReview | null> {
    const held = await this.reviews.hold(worktree);
    if (!held.ok) return null;
    const { live, dispose } = held.value;
    const listening = live.onDidChange(() => this.showSoon());
    if (live.revision === 0) await live.refresh();
    return { live, dispose: () => vscode.Disposable.from(listening, { dispose }).dispose() };
  }

  private letGo(wanted: ReadonlySet<string>): void {
    for (const [worktree, held] of this.held) {
      if (wanted.has(worktree)) continue;
      this.held.delete(worktree);
      void held.then((each) => each?.dispose());
    }
  }

  private draw(document: vscode.TextDocument, worktree: string, findings: readonly JudgedFinding[]): void {
    const uri = document.uri.toString();
    const before = this.threads.get(uri) ?? new Map<string, vscode.CommentThread>();
    const now = new Map<string, vscode.CommentThread>();
    const relative = path.relative(worktree, document.uri.fsPath).split(path.sep).join("/");
    const mine = findings.filter((each) => isLive(each) && shownPath(each) === relative);
    const file = mine.length > 0 ? new FileText(document.getText()) : null;
    for (const finding of mine) {
      const range = file && placeOf(finding, file);
      if (!range) continue;
      const known = before.get(finding.id);
      const thread = known ?? this.controller.createCommentThread(document.uri, range, []);
      if (!known) thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
      this.abouts.set(thread, { path: worktree, finding: finding.id });
      dress(thread, finding, range);
      now.set(finding.id, thread);
    }
    for (const [id, thread] of before) if (!now.has(id)) thread.dispose();
    if (now.size > 0) this.threads.set(uri, now);
    else this.threads.delete(uri);
  }

  private clear(uri: string): void {
    for (const thread of this.threads.get(uri)?.values() ?? []) thread.dispose();
    this.threads.delete(uri);
  }
}

function isLive({ status, anchor }: JudgedFinding): boolean {
  return anchor !== null && (status === "open" || status === "accepted" || status === "overruled");
}

/** The file may have changed since the commit, so the quote is looked for again; never a guess. */
function placeOf({ quote, anchor, symbol }: JudgedFinding, file: FileText): vscode.Range | null {
  const place = quote && anchor ? findQuote(file, quote, { line: anchor.startLine, symbol }) : null;
  return place && new vscode.Range(place.startLine - 1, 0, place.endLine - 1, 0);
}

/** Written only where it changed: what a person reads is not drawn anew under their eyes. */
function dress(thread: vscode.CommentThread, finding: JudgedFinding, range: vscode.Range): void {
  const { t } = vscode.l10n;
  const label = commentLabel(finding, t);
  const text = commentText(finding, t);
  const [shown] = thread.comments;
  const body = new vscode.MarkdownString(text);
  if (!thread.range?.isEqual(range)) thread.range = range;
  if (
    thread.contextValue === finding.status &&
    thread.label === label &&
    shown?.body instanceof vscode.MarkdownString &&
    shown.body.value === text
  )
    return;
  const author = { name: visible(finding.reviewers.join(", ")) };
  thread.comments = [{ body, author, mode: vscode.CommentMode.Preview }];
  thread.label = label;
  thread.contextValue = finding.status;
  thread.canReply = false;
  thread.state =
    finding.status === "open" ? vscode.CommentThreadState.Unresolved : vscode.CommentThreadState.Resolved;
}
