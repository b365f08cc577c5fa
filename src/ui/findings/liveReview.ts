import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import * as vscode from "vscode";
import { coalesce } from "../../fleet/coalesce";
import { openRepo, type Repo } from "../../git/repo";
import { done, type Outcome } from "../../model/outcome";
import { type Review, readReview } from "../../review/review";
import { type KnownRuns, reviewDir } from "../../review/store";

/** The review of one worktree's head, read again whenever notes or branches change, by whatever window or program. */
export class LiveReview implements vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changes.event;
  /** Null until it was read once. */
  review: Review | null = null;
  /** Why it could not be read the last time; empty when it could. */
  problem = "";
  /** How often it was read: larger is newer. */
  revision = 0;
  private readonly known: KnownRuns = new Map();
  private readonly owned: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  private constructor(readonly repo: Repo) {
    const soon = () => this.refreshSoon();
    const { commonDir } = repo;
    this.owned = [
      this.changes,
      watch(reviewDir(commonDir), "**", soon),
      watch(`${commonDir}/refs`, "**", soon),
      watch(commonDir, "{HEAD,packed-refs}", soon),
      watch(`${commonDir}/worktrees`, "*/HEAD", soon),
    ];
  }

  /** Opens the repo of a worktree; nothing is read yet. Refused as openRepo refuses. */
  static async open(worktree: string): Promise<Outcome<LiveReview>> {
    const repo = await openRepo(worktree);
    if (!repo.ok) return repo;
    // A folder that is only made later is looked for every few seconds, and what comes first in it may be missed.
    await mkdir(reviewDir(repo.value.commonDir), { recursive: true }).catch(() => {});
    return done(new LiveReview(repo.value));
  }

  /** Resolves when what was true at the call has been read. */
  readonly refresh: () => Promise<void> = (
    (run) => () =>
      run(undefined)
  )(
    coalesce<undefined>(
      () => this.read(),
      () => undefined,
    ),
  );

  dispose(): void {
    clearTimeout(this.timer);
    for (const each of this.owned) each.dispose();
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), 100);
  }

  private async read(): Promise<void> {
    try {
      const outcome = await readReview(this.repo, "HEAD", this.known);
      if (outcome.ok) this.review = outcome.value;
      this.problem = outcome.ok ? "" : `${outcome.refusal.message} ${outcome.refusal.hint}`;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.problem = existsSync(this.repo.dir) ? message : vscode.l10n.t("Its worktree is gone.");
    }
    this.revision++;
    this.changes.fire();
  }
}

function watch(folder: string, pattern: string, changed: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(folder), pattern),
  );
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(changed),
    watcher.onDidChange(changed),
    watcher.onDidDelete(changed),
  );
}
