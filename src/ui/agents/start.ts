import * as vscode from "vscode";
import { planLaunch } from "../../agents/launch";
import { beginRun, noteProcess, noteWord } from "../../agents/runs";
import type { Fleet } from "../../fleet";
import type { Worktree } from "../../model/worktree";
import { runVariable } from "../../store/runFile";
import type { Services } from "../commands/services";
import { visible } from "../markdown";
import { tellRefusal } from "../tell";
import type { Offer } from "./choose";
import { handedWithConsent } from "./consent";

/** Starts an agent in a terminal of its own, which shows it and nothing else: no shell stands between. */
export async function startIn(
  services: Services,
  fleet: Fleet,
  { path, name }: Pick<Worktree, "path" | "name">,
  offer: Offer,
  task: string | null,
): Promise<boolean> {
  const { repo } = fleet;
  const handed = await handedWithConsent(services, repo, offer);
  const plan = await planLaunch(offer.start, task, handed?.args);
  if (!plan.ok) {
    void tellRefusal(plan.refusal);
    return false;
  }
  const id = await beginRun(repo.commonDir, offer.id, path);
  const terminal = vscode.window.createTerminal({
    name: visible(`${offer.label}: ${name}`),
    cwd: path,
    shellPath: plan.value.file,
    shellArgs: [...plan.value.args],
    env: { ...handed?.env, [runVariable]: id },
    iconPath: new vscode.ThemeIcon("robot"),
  });
  terminal.show();
  const pid = await terminal.processId;
  // One that could not be started has no process, and VS Code says why.
  if (pid !== undefined) await noteProcess(repo.commonDir, id, pid);
  else await noteWord(repo.commonDir, id, "ended");
  await fleet.refresh({ agents: true });
  return pid !== undefined;
}
