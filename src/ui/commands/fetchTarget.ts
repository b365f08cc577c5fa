import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Outcome } from "../../model/outcome";
import { views } from "../manifest";
import { settings } from "../settings";
import { tellRefusal } from "../tell";
import type { Services } from "./services";
import { fleetOf } from "./target";

/** Brings the branch that everything is compared with up to date. */
export async function fetchTarget(services: Services): Promise<void> {
  const fleet = await fleetOf(services);
  if (!fleet) return;
  const location = { viewId: views.worktrees };
  const outcome = await vscode.window.withProgress({ location }, () => fetchNow(fleet));
  if (outcome.ok) return;
  const again = { title: vscode.l10n.t("Try Again"), act: () => fetchTarget(services) };
  void tellRefusal(outcome.refusal, ...(outcome.refusal.code === "fetch-failed" ? [again] : []));
}

/** Fetches and looks again; a repo without a remote has nothing to fetch, and that is no failure. */
export async function fetchNow(fleet: Fleet): Promise<Outcome<null>> {
  const timeoutMs = settings.read("fetchTimeout", vscode.Uri.file(fleet.repo.dir)) * 1000;
  const outcome = await fleet.fetch({ timeoutMs });
  await fleet.refresh();
  return outcome;
}
