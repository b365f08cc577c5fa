import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { readRemovals } from "../../worktrees/removalNote";
import { undoRemoval } from "../../worktrees/undo";
import type { UndoRemoveArgument } from "../manifest";
import { visible } from "../markdown";
import { tellDone, tellRefusal } from "../tell";
import { age } from "../tree/age";
import { openInNewWindow } from "./openInNewWindow";
import type { Services } from "./services";
import { fleetOf } from "./target";

/** Brings a removed worktree back: the one named, or one of the list of past removals. */
export async function undoRemove(services: Services, argument?: UndoRemoveArgument): Promise<void> {
  const fleet = await fleetOf(services);
  if (!fleet) return;
  const id = typeof argument?.id === "string" ? argument.id : await pickRemoval(fleet);
  if (id !== null) await bringBack(services, fleet, id);
}

/** Undoes one removal and shows what is back. */
export async function bringBack(services: Services, fleet: Fleet, id: string): Promise<void> {
  const location = { location: vscode.ProgressLocation.Notification };
  const title = vscode.l10n.t("Bringing the worktree back");
  const outcome = await vscode.window.withProgress({ ...location, title }, () => undoRemoval(fleet.repo, id));
  await fleet.refresh({ refs: true });
  if (!outcome.ok) {
    void tellRefusal(outcome.refusal);
    return;
  }
  const { path, branch, missingFolders } = outcome.value;
  await services.view.reveal(fleet, path);
  const back = vscode.l10n.t("{0} is back as it was.", branch ?? path);
  const gone =
    missingFolders.length > 0
      ? vscode.l10n.t("Not kept, because git ignores them: {0}", missingFolders.join(", "))
      : "";
  void tellDone(`${back} ${gone}`.trim(), {
    title: vscode.l10n.t("Open in New Window"),
    act: () => openInNewWindow(services, { path }),
  });
}

async function pickRemoval({ repo }: Fleet): Promise<string | null> {
  const removals = await readRemovals(repo);
  if (removals.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("No worktree was removed here, or all are back."),
    );
    return null;
  }
  const now = Date.now();
  const items = removals.reverse().map(({ id, branch, path, at }) => ({
    label: visible(branch ?? path),
    description: vscode.l10n.t("removed {0} ago", age(at, now, vscode.l10n.t)),
    detail: visible(path),
    id,
  }));
  const placeHolder = vscode.l10n.t("Which worktree is to come back?");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.id ?? null;
}
