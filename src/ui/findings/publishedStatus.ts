import * as vscode from "vscode";
import type { Refusal } from "../../model/outcome";
import type { Fleets } from "../fleets";
import type { PullWatch } from "../github/pullWatch";
import type { GitHubSignIn } from "../github/signIn";
import { commands } from "../manifest";
import { tellRefusal } from "../tell";

// Who decides on one finding decides on the next one soon.
const quietMs = 2_000;

/** Keeps the status of a review that was published true while a person goes on deciding. Nothing is published for the first time. */
export class PublishedStatus implements vscode.Disposable {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** Worktrees whose status could not be brought up to date, which was said. */
  private readonly told = new Set<string>();

  constructor(
    private readonly fleets: Fleets,
    private readonly signIn: GitHubSignIn,
    private readonly pulls: PullWatch,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  /** Something was decided on what is in this worktree. */
  decided(worktree: string): void {
    clearTimeout(this.timers.get(worktree));
    const timer = setTimeout(() => {
      this.timers.delete(worktree);
      this.follow(worktree).catch((error) => this.log.error("The status of a published review:", error));
    }, quietMs);
    this.timers.set(worktree, timer);
  }

  private async follow(worktree: string): Promise<void> {
    const found = this.fleets.find(worktree);
    const pull = found?.worktree.pull?.pull;
    const slug = found?.fleet.snapshot.github?.slug;
    if (!found || pull?.state !== "open" || !slug) return;
    const client = await this.signIn.connect(slug);
    if (!client || client === "signed-out") return;
    const [{ openRepo }, { followStatus }] = await Promise.all([
      import("../../git/repo"),
      import("../../review/publish/publish"),
    ]);
    const repo = await openRepo(worktree);
    if (!repo.ok) return;
    const outcome = await followStatus(repo.value, { client, slug, number: pull.number, ref: "HEAD" });
    if (!outcome.ok) return this.tell(worktree, pull.number, outcome.refusal);
    this.told.delete(worktree);
    if (outcome.value) await this.pulls.now(found.fleet);
  }

  private async tell(worktree: string, number: number, { code, message, hint }: Refusal): Promise<void> {
    this.log.warn(`The status of #${number}: ${message} ${hint}`);
    if (this.told.has(worktree)) return;
    this.told.add(worktree);
    const text = vscode.l10n.t("The status of #{0} is from before your last decision. {1}", number, message);
    await tellRefusal(
      { code, message: text, hint: vscode.l10n.t("The decision itself is kept.") },
      {
        title: vscode.l10n.t("Publish Again"),
        act: () => vscode.commands.executeCommand(commands.publishFindings.id, { path: worktree }),
      },
    );
  }
}
