import * as vscode from "vscode";
import { agentLabel } from "../../agents/known";
import { chooseAgent, type Offer, offers } from "../agents/choose";
import { startIn } from "../agents/start";
import type { StartAgentArgument } from "../manifest";
import { visible, withoutLinks } from "../markdown";
import type { Services } from "./services";
import { showAgent } from "./showAgent";
import { type Target, targetOf } from "./target";

/** Starts an agent in a worktree: the one that is named, else the one that the person chooses. */
export async function startAgent(services: Services, argument?: StartAgentArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  if (!(await isFree(services, target))) return;
  const found = await offers();
  const title = vscode.l10n.t("Start an Agent in {0}", visible(target.worktree.name));
  const named = argument?.agent === undefined ? null : found.find(({ id }) => id === argument.agent);
  if (found.length === 0 || named === undefined) return void tellNone(argument?.agent);
  const offer = named ?? (await chooseAgent(found, title));
  if (!offer) return;
  const task = argument?.task ?? (await askTask(title, target, offer));
  if (task === undefined) return;
  await startIn(services, target.fleet, target.worktree, offer, task === "" ? null : task);
}

/** One branch, one agent: a second one is started only where the person says so. */
async function isFree(services: Services, { worktree: { path, name, run } }: Target): Promise<boolean> {
  if (!run || run.state === "gone") return true;
  const show = vscode.l10n.t("Show It");
  const anyway = vscode.l10n.t("Start Another");
  const question = vscode.l10n.t("{0} runs in {1} already.", agentLabel(run.agent), visible(name));
  const detail = vscode.l10n.t("Two agents in one folder overwrite each other's files.");
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, show, anyway);
  if (chosen === show) await showAgent(services, { path });
  return chosen === anyway;
}

/** Empty: it is started without one. Undefined: the person left it. */
async function askTask(title: string, { worktree }: Target, offer: Offer): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    value: worktree.task ?? "",
    prompt: vscode.l10n.t("The task for {0}; empty: you tell it yourself", visible(offer.label)),
    ignoreFocusOut: true,
  });
}

function tellNone(asked: string | undefined): Thenable<unknown> {
  const who = asked === undefined ? null : agentLabel(asked);
  const text = who
    ? vscode.l10n.t("{0} is not installed here.", who)
    : vscode.l10n.t("No coding agent was found on this machine's PATH.");
  const open = vscode.l10n.t("Open Settings");
  return vscode.window.showInformationMessage(withoutLinks(text), open).then((chosen) => {
    if (chosen === open)
      return vscode.commands.executeCommand("workbench.action.openSettings", "agentForeman.agents");
    return undefined;
  });
}
