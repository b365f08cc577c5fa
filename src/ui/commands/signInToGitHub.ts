import * as vscode from "vscode";
import type { Services } from "./services";
import { fleetOf } from "./target";

/** What a sign-in that is there cannot do, another may: then the person is asked for one anew. */
const insufficient = new Set(["github-signed-out", "github-sso", "github-forbidden", "github-not-found"]);

export async function signInToGitHub(services: Services): Promise<void> {
  const fleet = await fleetOf(services);
  if (!fleet) return;
  if (!fleet.snapshot.github) await services.pulls.now(fleet);
  const { github } = fleet.snapshot;
  if (!github) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("This repo's remote is on no GitHub that is known here."),
    );
    return;
  }
  const again = insufficient.has(github.problem?.code ?? "");
  if (await services.signIn.signIn(github.slug, again)) await services.pulls.now(fleet);
}
