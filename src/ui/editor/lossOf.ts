import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { CheckDocument, IntendedDeletion } from "../../model/check";
import type { Worktree } from "../../model/worktree";
import type { Services } from "../commands/services";
import { type Mark, marksOf } from "./mark";

/** Where a deletion is, and the answer that it is in. */
export interface At {
  readonly fleet: Fleet;
  readonly worktree: Worktree;
  readonly check: CheckDocument;
}

/** The loss or question that a command was called on; says so where there is none any more. */
export async function lossOf(services: Services, argument: unknown): Promise<(At & { mark: Mark }) | null> {
  const found = await find(services, argument);
  const mark = found && marksOf(found.worktree).find(({ deletion }) => deletion.id === found.id);
  if (!found || !mark) {
    void vscode.window.showInformationMessage(vscode.l10n.t("This would not be lost any more."));
    return null;
  }
  return { ...found, mark };
}

/** The same of what a person called meant. */
export async function meantOf(
  services: Services,
  argument: unknown,
): Promise<(At & { deletion: IntendedDeletion }) | null> {
  const found = await find(services, argument);
  const deletion = found?.check.intended.find(({ id, decided }) => id === found.id && decided);
  return found && deletion ? { ...found, deletion } : null;
}

async function find({ fleets }: Services, argument: unknown): Promise<(At & { id: string }) | null> {
  if (typeof argument !== "object" || argument === null || !("path" in argument) || !("loss" in argument))
    return null;
  const { path, loss: id } = argument;
  if (typeof path !== "string" || typeof id !== "string") return null;
  await fleets.open();
  const found = fleets.find(path);
  return found?.worktree.check ? { ...found, check: found.worktree.check, id } : null;
}
