import * as vscode from "vscode";
import type { Worktree } from "../../model/worktree";
import type { Removed } from "../../worktrees/remove";
import { removeMerged as removeAll } from "../../worktrees/removeMerged";
import { visible, withoutLinks } from "../markdown";
import { withCancel } from "../progress";
import { howLanded } from "../tree/facts";
import { fetchNow } from "./fetchTarget";
import { leave, unsavedRefusal } from "./leave";
import type { Services } from "./services";
import { fleetOf } from "./target";
import { tellRemoved } from "./tellRemoved";

/** Offers every merged worktree for removal, all ticked, and removes those that stay so. */
export async function removeMerged(services: Services): Promise<void> {
  const fleet = await fleetOf(services);
  if (!fleet) return;
  const title = vscode.l10n.t("Looking for what is merged");
  const looked = { location: vscode.ProgressLocation.Notification, title };
  // What the remote's target has by now counts; where it cannot be had, what is known is still true.
  const fetching = await vscode.window.withProgress(looked, () => fetchNow(fleet));
  if (!fetching.ok) services.log.info(fetching.refusal.message);
  const merged = fleet.snapshot.worktrees.filter(
    (each) => each.landed?.state === "landed" && !each.isMain && each.lockedBecause === null,
  );
  if (merged.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("No worktree is known to be merged. Nothing was removed."),
    );
    return;
  }
  const paths = await pick(merged);
  if (paths.length === 0) return;
  const chosen = merged.filter(({ path }) => paths.includes(path));
  const unsaved = chosen.map(unsavedRefusal);
  const saved = chosen.filter((_, nth) => unsaved[nth] === null).map(({ path }) => path);
  const removing = vscode.l10n.t("Removing merged worktrees");
  const results = await withCancel(removing, (signal, report) =>
    removeAll(fleet.repo, saved, { signal, onResult: (path) => report(path) }),
  );
  for (const { path, result } of results) if (result.ok) await leave(services, path);
  await fleet.refresh({ refs: true });
  const removed: Removed[] = [];
  const refusals = unsaved.flatMap((refusal) => (refusal ? [`${refusal.message} ${refusal.hint}`] : []));
  for (const { path, result } of results) {
    if (result.ok) removed.push(result.value);
    else refusals.push(`${path}: ${result.refusal.message} ${result.refusal.hint}`);
  }
  void tellRemoved(services, fleet, removed);
  if (refusals.length > 0) void tellKept(services, refusals);
}

async function pick(merged: readonly Worktree[]): Promise<readonly string[]> {
  const items = merged.map(({ name, branch, landed, path }) => ({
    label: visible(name),
    description: visible(branch ?? ""),
    detail: landed?.state === "landed" ? howLanded(landed.how, vscode.l10n.t) : "",
    picked: true,
    path,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t("Remove Merged Worktrees"),
    placeHolder: vscode.l10n.t("Folder and branch go; Undo brings them back"),
  });
  return picked?.map(({ path }) => path) ?? [];
}

async function tellKept({ log }: Services, refusals: readonly string[]): Promise<void> {
  for (const each of refusals) log.warn(each);
  const showLog = vscode.l10n.t("Show Log");
  const [first, ...others] = refusals;
  const text =
    others.length > 0
      ? vscode.l10n.t("{0} worktrees were kept. The log says why for each.", refusals.length)
      : vscode.l10n.t("One worktree was kept. {0}", first ?? "");
  if ((await vscode.window.showWarningMessage(withoutLinks(text), showLog)) === showLog) log.show();
}
