import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { type Offer, offers } from "../agents/choose";
import type { NewWorktreeArgument } from "../manifest";
import { visible } from "../markdown";
import { settings } from "../settings";
import { baseInWords, propose, taskOf } from "./proposal";

/** Asks for a name or a task, and for the agent; null when the person leaves it. */
export async function askNewWorktree(fleet: Fleet): Promise<NewWorktreeArgument | null> {
  const agents = await offers();
  const steps = agents.length > 0 ? 2 : 1;
  for (let text = ""; ; ) {
    const name = await askName(fleet, text, steps);
    if (name === null) return null;
    const task = taskOf(name);
    const request = { name, ...(task === null ? {} : { task }) };
    if (agents.length === 0) return request;
    const agent = await askAgent(agents);
    if (agent === "back") text = name;
    else if (agent === "left") return null;
    else return agent === null ? request : { ...request, agent };
  }
}

async function askName(fleet: Fleet, value: string, steps: number): Promise<string | null> {
  const { repo } = fleet;
  const scope = vscode.Uri.file(repo.dir);
  const wishes = {
    branchPrefix: settings.read("branchPrefix", scope),
    container: settings.read("worktreesFolder", scope),
  };
  const box = vscode.window.createInputBox();
  box.title = vscode.l10n.t("New Agent Worktree");
  box.step = 1;
  box.totalSteps = steps;
  box.value = value;
  box.ignoreFocusOut = true;
  box.placeholder = vscode.l10n.t("A name, or the task in one sentence");
  const base = baseInWords(fleet.snapshot, settings.read("base", scope), Date.now(), vscode.l10n.t);
  const show = (): boolean => {
    box.prompt = base;
    box.validationMessage = undefined;
    if (box.value.trim() === "") return false;
    const proposal = propose(repo, fleet.snapshot.worktrees, box.value, wishes, vscode.l10n.t);
    const severity = vscode.InputBoxValidationSeverity;
    box.validationMessage = {
      message: visible(proposal.ok ? `${proposal.words}. ${base}` : proposal.words),
      severity: proposal.ok ? severity.Info : severity.Error,
    };
    return proposal.ok;
  };
  show();
  const owned: vscode.Disposable[] = [box];
  try {
    return await new Promise<string | null>((resolve) => {
      owned.push(
        box.onDidChangeValue(show),
        box.onDidAccept(() => {
          if (show()) resolve(box.value.trim());
        }),
        box.onDidHide(() => resolve(null)),
      );
      box.show();
    });
  } finally {
    for (const each of owned) each.dispose();
  }
}

async function askAgent(agents: readonly Offer[]): Promise<string | null | "back" | "left"> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly agent: string | null }>();
  pick.title = vscode.l10n.t("New Agent Worktree");
  pick.step = 2;
  pick.totalSteps = 2;
  pick.ignoreFocusOut = true;
  pick.placeholder = vscode.l10n.t("Who will work in it?");
  pick.buttons = [vscode.QuickInputButtons.Back];
  pick.items = [
    ...agents.map(({ id, label, description }) => ({ label, description, agent: id })),
    { label: vscode.l10n.t("No agent"), description: vscode.l10n.t("a worktree for yourself"), agent: null },
  ];
  const owned: vscode.Disposable[] = [pick];
  try {
    return await new Promise<string | null | "back" | "left">((resolve) => {
      owned.push(
        pick.onDidTriggerButton(() => resolve("back")),
        pick.onDidAccept(() => resolve(pick.selectedItems[0]?.agent ?? null)),
        pick.onDidHide(() => resolve("left")),
      );
      pick.show();
    });
  } finally {
    for (const each of owned) each.dispose();
  }
}
