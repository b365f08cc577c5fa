import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Refusal } from "../../model/outcome";
import type { Worktree } from "../../model/worktree";
import { visible, withoutLinks } from "../markdown";
import type { Services } from "./services";

/** A worktree that a command is about, and its repo. */
export interface Target {
  readonly fleet: Fleet;
  readonly worktree: Worktree;
}

/** The worktree a command was called on: the node, else the selected one, else one the person picks. */
export async function targetOf({ fleets, view }: Services, argument: unknown): Promise<Target | null> {
  await fleets.open();
  const path = pathOf(argument) ?? pathOf(view.view.selection[0]);
  if (path !== null) {
    const found = fleets.find(path);
    if (!found) {
      void vscode.window.showWarningMessage(
        withoutLinks(vscode.l10n.t("There is no worktree at {0} any more.", path)),
      );
    }
    return found;
  }
  const items = fleets.all.flatMap((fleet) =>
    fleet.snapshot.worktrees
      .filter((worktree) => !worktree.bare)
      .map((worktree) => ({
        label: visible(worktree.name),
        description: visible(worktree.branch ?? ""),
        fleet,
        worktree,
      })),
  );
  const placeHolder = vscode.l10n.t("Which worktree?");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true })) ?? null;
}

/** The repo a command is about: the selected node's, the only one, or one the person picks. */
export async function fleetOf({ fleets, view }: Services): Promise<Fleet | null> {
  await fleets.open();
  if (fleets.all.length === 0) void tellNoRepo(fleets.problem);
  if (fleets.all.length < 2) return fleets.all[0] ?? null;
  const [selected] = view.view.selection;
  if (selected) return selected.kind === "detail" ? selected.parent.fleet : selected.fleet;
  const items = fleets.all.map((fleet) => ({ label: visible(fleet.repo.dir), fleet }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("In which repo?") });
  return picked?.fleet ?? null;
}

async function tellNoRepo(problem: Refusal | null): Promise<void> {
  const text = vscode.l10n.t("There is no repo to work with here.");
  await vscode.window.showWarningMessage(withoutLinks(problem ? `${problem.message} ${problem.hint}` : text));
}

/** The worktree that an argument or a node is about. */
export function pathOf(argument: unknown): string | null {
  if (typeof argument !== "object" || argument === null || !("path" in argument)) return null;
  return typeof argument.path === "string" ? argument.path : null;
}

/** A branch by its repo (the common git folder) and name. */
export function branchNamed(argument: unknown): { repo: string; branch: string } | null {
  if (typeof argument !== "object" || argument === null) return null;
  if (!("repo" in argument) || !("branch" in argument)) return null;
  const { repo, branch } = argument;
  return typeof repo === "string" && typeof branch === "string" ? { repo, branch } : null;
}
