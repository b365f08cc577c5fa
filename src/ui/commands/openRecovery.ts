import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { OpenRecovery } from "../../model/recovery";
import { abortRecovery as abort } from "../../recovery/abort";
import { readOpen } from "../../recovery/open";
import { continueRecovery as goOn } from "../../recovery/resume";
import { closeEditorsIn, saveIn } from "../editors";
import type { RecoveryArgument } from "../manifest";
import { visible } from "../markdown";
import { withCancel } from "../progress";
import { dropResults } from "../recovery/mergeResults";
import { openConflicts as open } from "../recovery/openConflicts";
import { tellRecovery } from "../recovery/tellRecovery";
import { recoveryInShort } from "../recovery/words";
import { tellRefusal } from "../tell";
import { closeTerminals, terminalsIn } from "../terminals";
import type { Services } from "./services";
import { branchNamed, pathOf } from "./target";

interface Found {
  readonly fleet: Fleet;
  readonly recovery: OpenRecovery;
}

/** Goes on with a recovery that waits, wherever and whenever it was begun. */
export async function continueRecovery(services: Services, argument?: RecoveryArgument): Promise<void> {
  await carryOn(services, argument, false);
}

/** The same without the commit that conflicts; what was edited about it is kept. */
export async function skipCommit(services: Services, argument?: RecoveryArgument): Promise<void> {
  await carryOn(services, argument, true);
}

/** Takes a recovery back; where somebody has worked in its worktree, that can be brought back. */
export async function abortRecovery(services: Services, argument?: RecoveryArgument): Promise<void> {
  const found = await find(services, argument);
  if (!found) return;
  const folder = folderOf(found);
  if (folder !== null) {
    await keepEdits(folder);
    // An editor saves into its folder also when that is gone.
    await closeEditorsIn(folder);
  }
  const title = vscode.l10n.t("Taking back the recovery of {0}", found.recovery.branch);
  const outcome = await withCancel(title, (signal, onProgress) =>
    abort(found.fleet.repo, found.recovery.branch, { signal, onProgress }),
  );
  const terminals = folder === null ? [] : terminalsIn(folder);
  if (outcome.ok || outcome.refusal.code !== "in-use" || terminals.length === 0)
    return tellRecovery(services, found.fleet, found.recovery.branch, outcome);
  const act = async () => {
    await closeTerminals(terminals);
    await abortRecovery(services, argument);
  };
  await tellRefusal(outcome.refusal, { title: vscode.l10n.t("Close Its Terminals and Abort"), act });
}

/** Opens the files that a person has to settle. */
export async function openConflicts(services: Services, argument?: RecoveryArgument): Promise<void> {
  const found = await find(services, argument);
  const folder = found && folderOf(found);
  if (folder && (await open(folder)) > 0) return;
  if (found)
    void vscode.window.showInformationMessage(vscode.l10n.t("Nothing is in conflict any more. Continue."));
}

async function carryOn(
  services: Services,
  argument: RecoveryArgument | undefined,
  skip: boolean,
): Promise<void> {
  const found = await find(services, argument);
  if (!found) return;
  const { fleet, recovery } = found;
  const folder = folderOf(found);
  if (skip && folder !== null) await keepEdits(folder);
  const title = vscode.l10n.t("Recovering {0}", recovery.branch);
  const outcome = await withCancel(title, (signal, onProgress) =>
    goOn(fleet.repo, recovery.branch, { signal, onProgress, skip }),
  );
  await tellRecovery(services, fleet, recovery.branch, outcome);
}

/** Has what a person edited on disk, where it is kept with the rest; what an editor did by itself is nobody's work. */
async function keepEdits(folder: string): Promise<void> {
  await dropResults(folder);
  await saveIn(folder);
}

/** The worktree that it makes, as far as it is there. */
function folderOf({ fleet, recovery }: Found): string | null {
  const { worktrees } = fleet.snapshot;
  return worktrees.find(({ branch, missing }) => branch === recovery.newBranch && !missing)?.path ?? null;
}

/** The recovery a command was called on; else the only one, or one that the person picks. Read from disk. */
async function find({ fleets, view }: Services, argument: unknown): Promise<Found | null> {
  await fleets.open();
  const all = (
    await Promise.all(
      fleets.all.map(async (fleet) => (await readOpen(fleet.repo)).map((recovery) => ({ fleet, recovery }))),
    )
  ).flat();
  const named = branchNamed(argument);
  const place = pathOf(argument) ?? (named ? null : pathOf(view.view.selection[0]));
  const branch = place === null ? null : (fleets.find(place)?.worktree.branch ?? null);
  const fits = ({ fleet, recovery }: Found) =>
    named
      ? named.repo === fleet.repo.commonDir && named.branch === recovery.branch
      : branch !== null && [recovery.branch, recovery.newBranch].includes(branch);
  const meant = all.find(fits);
  if (meant) return meant;
  if (all.length === 0 || argument !== undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No recovery waits here."));
    return null;
  }
  if (all.length === 1) return all[0] ?? null;
  const items = all.map((each) => ({
    label: visible(each.recovery.branch),
    description: visible(recoveryInShort({ ...each.recovery, here: true }, vscode.l10n.t) ?? ""),
    found: each,
  }));
  const placeHolder = vscode.l10n.t("Which recovery?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.found ?? null;
}
