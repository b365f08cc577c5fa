import * as vscode from "vscode";
import { askPull } from "../../github/askPull";
import { markReady } from "../../github/markReady";
import { rerunFailed } from "../../github/rerunFailed";
import { updateBranch, updateObstacle } from "../../github/updateBranch";
import type { PullArgument } from "../manifest";
import { have, lineOf, pullOf } from "./pullTarget";
import type { Services } from "./services";

/** Has GitHub merge the base into the branch, where that is known to go without a conflict. */
export async function updatePull(services: Services, argument?: PullArgument): Promise<void> {
  const target = await pullOf(services, argument);
  const line = target && (await lineOf(services, target.fleet));
  if (!target || !line) return;
  const { number, base } = target.pull;
  await have(
    services,
    target.fleet,
    vscode.l10n.t("Bringing {0} into #{1}", base.branch, number),
    async () => {
      const fresh = await askPull(line.client, line.slug, number);
      if (!fresh.ok) return fresh;
      const { pull } = fresh.value;
      return updateObstacle(pull) ?? updateBranch(line.client, line.slug.host, pull);
    },
  );
}

export async function markPullReady(services: Services, argument?: PullArgument): Promise<void> {
  const target = await pullOf(services, argument);
  const line = target && (await lineOf(services, target.fleet));
  if (!target || !line) return;
  const title = vscode.l10n.t("Marking #{0} as ready", target.pull.number);
  await have(services, target.fleet, title, () => markReady(line.client, line.slug.host, target.pull));
}

export async function rerunChecks(services: Services, argument?: PullArgument): Promise<void> {
  const target = await pullOf(services, argument);
  const line = target && (await lineOf(services, target.fleet));
  if (!target || !line) return;
  const title = vscode.l10n.t("Running the failed checks of #{0} again", target.pull.number);
  await have(services, target.fleet, title, () => rerunFailed(line.client, line.slug, target.pull));
}
