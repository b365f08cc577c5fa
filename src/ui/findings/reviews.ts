import type * as vscode from "vscode";
import { done, type Outcome } from "../../model/outcome";
import type { LiveReview } from "./liveReview";

interface Held {
  readonly live: Promise<Outcome<LiveReview>>;
  holders: number;
}

/** A review that is kept up to date until it is disposed of by everybody who holds it. */
export interface HeldReview extends vscode.Disposable {
  readonly live: LiveReview;
}

/** The reviews that something in this window shows: read and watched once for each worktree. */
export class Reviews implements vscode.Disposable {
  private readonly all = new Map<string, Held>();

  /** Refused as openRepo refuses. */
  async hold(worktree: string): Promise<Outcome<HeldReview>> {
    const held = this.all.get(worktree) ?? { live: openLive(worktree), holders: 0 };
    this.all.set(worktree, held);
    held.holders++;
    let released = false;
    const dispose = (): void => {
      if (!released && --held.holders === 0) this.drop(worktree, held);
      released = true;
    };
    const live = await held.live;
    if (live.ok) return done({ live: live.value, dispose });
    dispose();
    return live;
  }

  dispose(): void {
    for (const [worktree, held] of this.all) this.drop(worktree, held);
  }

  private drop(worktree: string, held: Held): void {
    if (this.all.get(worktree) === held) this.all.delete(worktree);
    void held.live.then((live) => live.ok && live.value.dispose());
  }
}

async function openLive(worktree: string): Promise<Outcome<LiveReview>> {
  const { LiveReview } = await import("./liveReview");
  return LiveReview.open(worktree);
}
