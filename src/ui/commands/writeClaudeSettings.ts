import * as vscode from "vscode";
import {
  type ClaudeWorktreeSettings,
  planClaudeSettings,
  writeClaudeSettings as write,
} from "../../worktrees/claudeSettings";
import { withoutLinks } from "../markdown";
import { tellDone, tellRefusal } from "../tell";
import type { Services } from "./services";
import { fleetOf } from "./target";

/** Offers the settings that keep Claude Code's own worktrees apart and fresh; shows the change, then makes it. */
export async function writeClaudeSettings(services: Services): Promise<void> {
  const fleet = await fleetOf(services);
  if (!fleet) return;
  const main = fleet.snapshot.worktrees.find((each) => each.isMain && !each.bare);
  if (!main) return;
  const wanted = await pick();
  if (!wanted) return;
  const plan = await planClaudeSettings(main.path, wanted);
  if (!plan.ok) return void tellRefusal(plan.refusal);
  const { before, after, file } = plan.value;
  if (before === after) {
    void tellDone(vscode.l10n.t("{0} says that already.", file));
    return;
  }
  if (!(await confirmSettings(services, plan.value))) return;
  const outcome = await write(plan.value);
  if (!outcome.ok) return void tellRefusal(outcome.refusal);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: true });
}

async function pick(): Promise<ClaudeWorktreeSettings | null> {
  const items: (vscode.QuickPickItem & { settings: ClaudeWorktreeSettings })[] = [
    {
      label: vscode.l10n.t("Background agents get a worktree of their own"),
      description: '"bgIsolation": "worktree"',
      picked: true,
      settings: { bgIsolation: "worktree" },
    },
    {
      label: vscode.l10n.t("New worktrees start from the remote's default branch"),
      description: '"baseRef": "fresh"',
      picked: true,
      settings: { baseRef: "fresh" },
    },
    {
      label: vscode.l10n.t("Share node_modules with the main worktree, by a link"),
      description: '"symlinkDirectories": ["node_modules"]',
      settings: { symlinkDirectories: ["node_modules"] },
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t("Claude Code: Worktree Settings of This Repo"),
    placeHolder: vscode.l10n.t("The change is shown before it is written"),
  });
  if (!picked || picked.length === 0) return null;
  return Object.assign({}, ...picked.map(({ settings }) => settings));
}

/** Shows a change to a settings file and asks whether to make it. */
export async function confirmSettings(
  { preview }: Services,
  { before, after, file }: { before: string | null; after: string; file: string },
): Promise<boolean> {
  const close = await preview.show(file, before ?? "", after);
  const apply = vscode.l10n.t("Write");
  const question = vscode.l10n.t("Write this change to {0}?", file);
  const chosen = await vscode.window.showInformationMessage(
    withoutLinks(question),
    apply,
    vscode.l10n.t("Cancel"),
  );
  await close();
  return chosen === apply;
}
