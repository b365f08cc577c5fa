import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { isRecoverable } from "../../fleet/recoverable";
import { chooseTarget, readRefs } from "../../git/refs";
import type { Services } from "../commands/services";
import { branchNamed, fleetOf, pathOf } from "../commands/target";
import { visible, withoutLinks } from "../markdown";
import { settings } from "../settings";
import { lossesInShort } from "../tree/losses";
import { shortRef } from "../tree/row";

/** A branch to recover, and its repo. */
export interface Source {
  readonly fleet: Fleet;
  readonly branch: string;
}

/** The branch a command was called on: the node's, or one that the person picks. */
export async function sourceOf(services: Services, argument: unknown): Promise<Source | null> {
  const { fleets } = services;
  await fleets.open();
  const named = branchNamed(argument);
  if (named) {
    const fleet = fleets.all.find(({ repo }) => repo.commonDir === named.repo);
    return fleet ? { fleet, branch: named.branch } : null;
  }
  const path = pathOf(argument);
  const found = path === null ? null : fleets.find(path);
  if (found && found.worktree.branch !== null) return { fleet: found.fleet, branch: found.worktree.branch };
  if (path !== null) {
    const text = vscode.l10n.t("There is no branch at {0} to recover.", path);
    void vscode.window.showWarningMessage(withoutLinks(text));
    return null;
  }
  const fleet = await fleetOf(services);
  return fleet && pick(fleet);
}

/** Those worth recovering first, then the other worktrees', then branches that no worktree has. */
async function pick(fleet: Fleet): Promise<Source | null> {
  const { t } = vscode.l10n;
  const { worktrees } = fleet.snapshot;
  const refs = await readRefs(fleet.repo);
  const target = chooseTarget(refs)?.branch;
  const limit = settings.staleLimit();
  const listed = worktrees.flatMap((worktree) => {
    const { branch, name, check } = worktree;
    if (branch === null || branch === target) return [];
    const description = [name, lossesInShort(check, t)].filter((part) => part !== null).join(" · ");
    return [{ branch, description, first: isRecoverable(worktree, limit) }];
  });
  const known = new Set(listed.map(({ branch }) => branch));
  const others = [...refs.oids.keys()]
    .filter((ref) => ref.startsWith("refs/heads/"))
    .map(shortRef)
    .filter((branch) => branch !== target && !known.has(branch))
    .map((branch) => ({ branch, description: t("no worktree"), first: false }));
  const all = [...listed, ...others].sort((a, b) => Number(b.first) - Number(a.first));
  const items = all.map(({ branch, description }) => ({
    label: visible(branch),
    description: visible(description),
    branch,
  }));
  const options = { placeHolder: t("Which branch?"), matchOnDescription: true };
  const picked = await vscode.window.showQuickPick(items, options);
  return picked ? { fleet, branch: picked.branch } : null;
}
