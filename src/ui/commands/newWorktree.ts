import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Outcome, Refusal } from "../../model/outcome";
import { type CreatedWorktree, createWorktree, type NewWorktree } from "../../worktrees/create";
import type { NewWorktreeArgument } from "../manifest";
import { askNewWorktree } from "../newWorktree/ask";
import { askWithoutFetch } from "../newWorktree/askWithoutFetch";
import { nameRefusals } from "../newWorktree/nameRefusals";
import { withCancel } from "../progress";
import { settings } from "../settings";
import { tellDone, tellRefusal } from "../tell";
import { fetched } from "../tree/age";
import { shortOid, shortRef } from "../tree/row";
import { openInNewWindow } from "./openInNewWindow";
import { openTerminal } from "./openTerminal";
import { runSetupCommand } from "./runSetupCommand";
import type { Services } from "./services";
import { startAgent } from "./startAgent";
import { fleetOf } from "./target";

/** Asks what is wanted where the caller does not say it, makes it, and shows it. Resolves to the folder made. */
export async function newWorktree(
  services: Services,
  argument?: NewWorktreeArgument,
): Promise<string | undefined> {
  const fleet = await fleetOf(services);
  if (!fleet) return undefined;
  const asked = isRequest(argument) ? argument : await askNewWorktree(fleet);
  if (!asked) return undefined;
  const outcome = await make(fleet, { ...placementIn(fleet), ...asked });
  await fleet.refresh({ refs: true });
  if (!outcome.ok) {
    explain(services, outcome.refusal, asked);
    return undefined;
  }
  const created = outcome.value;
  await services.view.reveal(fleet, created.path);
  void celebrate(services, created);
  void furnish(services, fleet, created);
  return created.path;
}

/** The setup command first, then the agent, who may need what it made. */
async function furnish(services: Services, fleet: Fleet, created: CreatedWorktree): Promise<void> {
  const { path, agent, task } = created;
  const isSetUp = await runSetupCommand(services, fleet, created);
  if (isSetUp && agent !== null) await startAgent(services, { path, agent, task: task ?? "" });
}

/** What the person set once for all new worktrees. */
export function placementIn({ repo }: Fleet): Partial<NewWorktree> {
  const scope = vscode.Uri.file(repo.dir);
  const container = settings.read("worktreesFolder", scope);
  const base = settings.read("base", scope);
  return {
    branchPrefix: settings.read("branchPrefix", scope),
    ...(container ? { container } : {}),
    ...(base ? { base } : {}),
    fetchTimeoutMs: settings.read("fetchTimeout", scope) * 1000,
  };
}

async function make(fleet: Fleet, request: NewWorktree): Promise<Outcome<CreatedWorktree>> {
  const title = vscode.l10n.t("New agent worktree");
  const outcome = await withCancel(title, (signal, onProgress) =>
    createWorktree(fleet.repo, request, { signal, onProgress }),
  );
  if (outcome.ok || !["fetch-failed", "fetch-timeout"].includes(outcome.refusal.code)) return outcome;
  const choice = await askWithoutFetch(fleet, outcome.refusal);
  if (choice === "again") return make(fleet, request);
  return choice === "known" ? make(fleet, { ...request, offline: true }) : outcome;
}

function explain(services: Services, refusal: Refusal, asked: NewWorktreeArgument): void {
  // The person has just decided it, and nothing was made.
  if (["cancelled", "fetch-failed", "fetch-timeout"].includes(refusal.code)) return;
  const { code } = refusal;
  const again = (title: string) => ({
    title,
    act: () => vscode.commands.executeCommand("agentForeman.newWorktree"),
  });
  if (nameRefusals.includes(code)) void tellRefusal(refusal, again(vscode.l10n.t("Choose Another Name")));
  else if (code === "busy")
    void tellRefusal(refusal, { title: vscode.l10n.t("Try Again"), act: () => newWorktree(services, asked) });
  else if (["bad-path", "not-writable", "not-a-folder", "no-target", "unknown-base"].includes(code))
    void tellRefusal(refusal, {
      title: vscode.l10n.t("Open Settings"),
      act: () => vscode.commands.executeCommand("workbench.action.openSettings", "agentForeman"),
    });
  else void tellRefusal(refusal);
}

async function celebrate(services: Services, { path, branch, base, notes }: CreatedWorktree): Promise<void> {
  const text = vscode.l10n.t(
    "{0} is ready, from {1} at {2}, {3}.",
    branch,
    shortRef(base.ref),
    shortOid(base.oid),
    fetched(base.fetchedAt, Date.now(), vscode.l10n.t),
  );
  await tellDone(
    [text, ...notes].join(" "),
    { title: vscode.l10n.t("Open in New Window"), act: () => openInNewWindow(services, { path }) },
    { title: vscode.l10n.t("Open Terminal"), act: () => openTerminal(services, { path }) },
  );
}

/** Called from the tree's title, the argument is whatever VS Code passes along. */
function isRequest(argument: unknown): argument is NewWorktreeArgument {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "name" in argument &&
    typeof argument.name === "string"
  );
}
