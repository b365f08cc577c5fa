import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { nextRound } from "../../github/rhythm";
import type { Fleets } from "../fleets";
import { Awaited } from "./awaited";
import { circumstances, openPulls } from "./circumstances";
import type { GitHubSignIn } from "./signIn";

interface Rounds {
  /** When the last one ended. */
  at: number;
  timer: NodeJS.Timeout | undefined;
  running: boolean;
}

/** Asks GitHub while somebody looks or waits, in the rhythm that the rounds themselves ask for. */
export class PullWatch implements vscode.Disposable {
  private readonly rounds = new Map<Fleet, Rounds>();
  private readonly awaited = new Awaited();
  private readonly owned: vscode.Disposable[];

  constructor(
    private readonly fleets: Fleets,
    private readonly signIn: GitHubSignIn,
    private readonly views: readonly Pick<vscode.TreeView<unknown>, "visible" | "onDidChangeVisibility">[],
  ) {
    const plan = () => this.planAll();
    this.owned = [
      fleets.onDidChange((change) => {
        if (!change) this.forget();
        this.planAll();
      }),
      signIn.onDidChange(() => {
        for (const rounds of this.rounds.values()) rounds.at = 0;
        this.planAll();
      }),
      ...views.map((view) => view.onDidChangeVisibility(plan)),
      vscode.window.onDidChangeWindowState(plan),
    ];
  }

  dispose(): void {
    this.forget();
    for (const each of this.owned) each.dispose();
  }

  /** Goes on asking after this one, also while nobody looks, until it is merged or not armed any more. */
  await(fleet: Fleet, id: string): void {
    this.awaited.add(fleet.repo.commonDir, id);
    this.plan(fleet);
  }

  /** A round at once, because the person asked for it or did something. */
  async now(fleet: Fleet): Promise<void> {
    await this.run(fleet);
  }

  private forget(): void {
    for (const { timer } of this.rounds.values()) clearTimeout(timer);
    this.rounds.clear();
  }

  private planAll(): void {
    for (const fleet of this.fleets.all) this.plan(fleet);
  }

  private plan(fleet: Fleet): void {
    // Before the first look at the repo is over there is nothing to ask about.
    if (!fleet.snapshot.complete || !fleet.snapshot.target) return;
    const rounds = this.rounds.get(fleet) ?? { at: 0, timer: undefined, running: false };
    this.rounds.set(fleet, rounds);
    if (rounds.running) return;
    clearTimeout(rounds.timer);
    const open = openPulls(fleet.snapshot);
    const looking = {
      visible: this.views.some(({ visible }) => visible),
      focused: vscode.window.state.focused,
      awaited: this.awaited.in(fleet.repo.commonDir, open),
    };
    const delay = nextRound(circumstances(fleet.snapshot, looking), rounds.at);
    if (delay === null) return;
    const due = rounds.at === 0 ? 0 : Math.max(0, rounds.at + delay - Date.now());
    rounds.timer = setTimeout(() => void this.run(fleet), due);
  }

  private async run(fleet: Fleet): Promise<void> {
    const rounds = this.rounds.get(fleet) ?? { at: 0, timer: undefined, running: false };
    this.rounds.set(fleet, rounds);
    rounds.running = true;
    try {
      await fleet.askPulls(this.signIn.connect);
      await fleet.check();
    } finally {
      rounds.at = Date.now();
      rounds.running = false;
      if (this.rounds.get(fleet) === rounds) this.plan(fleet);
    }
  }
}
