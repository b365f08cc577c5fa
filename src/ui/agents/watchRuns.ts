import type * as vscode from "vscode";
import type { Fleets } from "../fleets";
import type { AgentWatch } from "./watch";

/** Watches agents from the first one on that was started from here; until then nothing of it is read. */
export function watchRuns(
  fleets: Fleets,
  view: Pick<vscode.TreeView<unknown>, "visible">,
): vscode.Disposable {
  let watch: Promise<AgentWatch> | undefined;
  const listening = fleets.onDidChange(() => {
    if (watch || !fleets.all.some(({ snapshot }) => snapshot.worktrees.some(({ run }) => run))) return;
    watch = import("./watch").then(({ AgentWatch }) => new AgentWatch(fleets, view));
  });
  return {
    dispose: () => {
      listening.dispose();
      void watch?.then((each) => each.dispose());
    },
  };
}
