import * as vscode from "vscode";
import { noteWord } from "../../agents/runs";
import type { Fleet } from "../../fleet";
import type { AgentRun } from "../../model/agent";
import { findProgram } from "../../programs/find";
import type { Fleets } from "../fleets";

// A process that ends says nothing, unless its terminal is ours.
const lookMs = 5_000;
// Claude Code's own list costs half a second of work, so it is asked only while somebody may look at the answer.
const askMs = 20_000;

/** Sees that agents end, and asks after those that have been silent, while there are any. */
export class AgentWatch implements vscode.Disposable {
  private readonly owned: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private askedAt = 0;

  constructor(
    private readonly fleets: Fleets,
    private readonly view: Pick<vscode.TreeView<unknown>, "visible">,
  ) {
    this.owned = [
      fleets.onDidChange(() => this.plan()),
      vscode.window.onDidCloseTerminal((terminal) => void this.ended(terminal)),
    ];
    this.plan();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const each of this.owned) each.dispose();
  }

  private plan(): void {
    if (this.timer || this.looking || this.fleets.all.every((fleet) => running(fleet).length === 0)) return;
    this.timer = setTimeout(() => void this.look(), lookMs);
  }

  private async look(): Promise<void> {
    this.timer = undefined;
    this.looking = true;
    try {
      const ask = this.view.visible && vscode.window.state.focused && Date.now() - this.askedAt > askMs;
      const claude = ask ? await findProgram("claude") : null;
      for (const fleet of this.fleets.all) {
        if (claude && running(fleet).some(isSilent)) {
          await fleet.askSessions(claude);
          this.askedAt = Date.now();
        } else await fleet.refresh({ agents: true });
      }
    } finally {
      this.looking = false;
      this.plan();
    }
  }

  /** A window that closes leaves its agents running. */
  private async ended(terminal: vscode.Terminal): Promise<void> {
    if (terminal.exitStatus?.reason === vscode.TerminalExitReason.Shutdown) return;
    const pid = await terminal.processId;
    for (const fleet of this.fleets.all)
      for (const run of running(fleet))
        if (run.pid === pid) {
          await noteWord(fleet.repo.commonDir, run.id, "ended");
          await fleet.refresh({ agents: true });
        }
  }
}

function running({ snapshot }: Fleet): AgentRun[] {
  return snapshot.worktrees.flatMap(({ run }) => (run && run.state !== "gone" ? [run] : []));
}

/** One that is idle has nothing to say. */
function isSilent({ agent, state, since }: AgentRun): boolean {
  return agent === "claude" && state !== "idle" && Date.now() - Date.parse(since) > askMs / 2;
}
