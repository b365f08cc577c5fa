import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { checkPull } from "../../fleet/checkPull";
import { askPull } from "../../github/askPull";
import { armAutoMerge as arm, disarmAutoMerge as disarm, mergePull, planMerge } from "../../github/autoMerge";
import type { CheckDocument } from "../../model/check";
import type { PullRequest } from "../../model/pull";
import type { PullArgument } from "../manifest";
import { visible } from "../markdown";
import { withCancel } from "../progress";
import { tellRefusal } from "../tell";
import { lossesInShort } from "../tree/losses";
import { have, lineOf, pullOf } from "./pullTarget";
import type { Services } from "./services";

/** Has GitHub merge it when all that is required is there; where there is nothing to wait for, offers to merge now. */
export async function armAutoMerge(services: Services, argument?: PullArgument): Promise<void> {
  const target = await pullOf(services, argument);
  const line = target && (await lineOf(services, target.fleet));
  if (!target || !line) return;
  const { fleet } = target;
  const { client, slug } = line;
  const name = `#${target.pull.number}`;
  const fresh = await askPull(client, slug, target.pull.number);
  if (!fresh.ok) return void tellRefusal(fresh.refusal);
  const plan = planMerge(fresh.value, target.pull.head);
  if (!plan.ok) {
    await services.pulls.now(fleet);
    return void tellRefusal(plan.refusal);
  }
  const { kind, method } = plan.value;
  const { pull } = fresh.value;
  if (!(await confirm(fleet, pull, kind === "arm"))) return;
  if (kind === "merge") {
    const title = vscode.l10n.t("Merging {0}", name);
    await have(services, fleet, title, () => mergePull(client, slug.host, pull, method));
    return;
  }
  const title = vscode.l10n.t("Arming auto-merge of {0}", name);
  if (await have(services, fleet, title, () => arm(client, slug.host, pull, method)))
    services.pulls.await(fleet, pull.id);
}

export async function disarmAutoMerge(services: Services, argument?: PullArgument): Promise<void> {
  const target = await pullOf(services, argument);
  const line = target && (await lineOf(services, target.fleet));
  if (!target || !line) return;
  const title = vscode.l10n.t("Disarming auto-merge of {0}", `#${target.pull.number}`);
  await have(services, target.fleet, title, () => disarm(line.client, line.slug.host, target.pull));
}

/** What merges by itself is not looked at again, so losses, what is not known of them, and merging at once want a word. */
async function confirm(fleet: Fleet, pull: PullRequest, waits: boolean): Promise<boolean> {
  const { number, title, base } = pull;
  const unstable = pull.mergeState === "unstable";
  const check = await lookAt(fleet, pull);
  const lost = lossesInShort(check, vscode.l10n.t);
  if (waits && check && !lost) return true;
  const question = waits
    ? lost
      ? vscode.l10n.t("Let #{0} merge by itself although it {1}?", number, lost)
      : vscode.l10n.t("Let #{0} merge by itself although what it would delete is not known?", number)
    : vscode.l10n.t("GitHub has nothing to wait for. Merge #{0} into {1} now?", number, visible(base.branch));
  const detail = [
    visible(title),
    ...(waits || !lost ? [] : [vscode.l10n.t("It {0}.", lost)]),
    ...(waits || check ? [] : [vscode.l10n.t("What it would delete is not known.")]),
    ...(unstable ? [vscode.l10n.t("Some checks that are not required are not green.")] : []),
  ].join("\n");
  const yes = waits ? vscode.l10n.t("Arm Anyway") : vscode.l10n.t("Merge Now");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

async function lookAt(fleet: Fleet, pull: PullRequest): Promise<CheckDocument | null> {
  const title = vscode.l10n.t("Looking at what #{0} would delete", pull.number);
  return withCancel(title, (signal) => checkPull(fleet, pull, signal));
}
