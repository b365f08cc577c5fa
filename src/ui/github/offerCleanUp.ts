import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { isClean } from "../../fleet/needsYou";
import type { Worktree } from "../../model/worktree";
import type { Fleets } from "../fleets";
import { commands } from "../manifest";
import { visible } from "../markdown";
import { tellDone } from "../tell";

/** Offers to remove a worktree when its pull request is merged while this window looks. */
export class CleanUpOffers implements vscode.Disposable {
  /** The open pull request of each worktree, by path. */
  private readonly open = new Map<string, number>();
  private readonly listening: vscode.Disposable;

  constructor(fleets: Fleets) {
    this.listening = fleets.onDidChange((change) => {
      if (!change) return;
      for (const worktree of change.change.snapshot.worktrees) this.look(change.fleet, worktree);
    });
  }

  dispose(): void {
    this.listening.dispose();
  }

  private look(fleet: Fleet, worktree: Worktree): void {
    const pull = worktree.pull?.pull;
    if (pull?.state === "open") this.open.set(worktree.path, pull.number);
    else if (pull && this.open.get(worktree.path) === pull.number) {
      this.open.delete(worktree.path);
      if (pull.state === "merged" && !worktree.isMain) void offer(fleet, worktree.path, pull.number);
    }
  }
}

/** Only what the target has by now, as far as can be proven, is offered to go; the removal proves it once more. */
async function offer(fleet: Fleet, path: string, number: number): Promise<void> {
  const { fetchNow } = await import("../commands/fetchTarget");
  const { unasked } = await import("../../git/unasked");
  await unasked(() => fetchNow(fleet));
  const worktree = fleet.snapshot.worktrees.find((each) => each.path === path);
  if (worktree?.landed?.state !== "landed" || worktree.lockedBecause !== null || !isClean(worktree)) return;
  const remove = {
    title: vscode.l10n.t("Remove Worktree"),
    act: () => vscode.commands.executeCommand(commands.removeWorktree.id, { path }),
  };
  await tellDone(
    vscode.l10n.t("#{0} is merged, and {1} is not needed any more.", number, visible(worktree.name)),
    remove,
  );
}
