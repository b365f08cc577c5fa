import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Removed } from "../../worktrees/remove";
import { tellDone } from "../tell";
import type { Services } from "./services";
import { bringBack } from "./undoRemove";

/** Says what was removed and what stayed, with the way back. */
export async function tellRemoved(
  services: Services,
  fleet: Fleet,
  removed: readonly Removed[],
): Promise<void> {
  const [first, ...others] = removed;
  if (!first) return;
  const text =
    others.length > 0
      ? vscode.l10n.t("{0} worktrees were removed. Each can be brought back.", removed.length)
      : oneInWords(first);
  const leftovers = removed.map(({ leftover }) => leftover).filter((each) => each !== null);
  const note =
    leftovers.length > 0 ? vscode.l10n.t("Not all files could be deleted: {0}", leftovers.join(", ")) : "";
  await tellDone(`${text} ${note}`.trim(), {
    title: others.length > 0 ? vscode.l10n.t("Undo All") : vscode.l10n.t("Undo"),
    // Last out, first in: one worktree may lie inside another's folder.
    act: async () => {
      for (const { id } of [...removed].reverse()) await bringBack(services, fleet, id);
    },
  });
}

function oneInWords({ branch, path, branchDeleted }: Removed): string {
  if (branch === null) return vscode.l10n.t("The worktree {0} was removed.", path);
  return branchDeleted
    ? vscode.l10n.t("The worktree and its branch {0} were removed.", branch)
    : vscode.l10n.t("The worktree was removed; its branch {0} stays.", branch);
}
