import path from "node:path";
import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { gatewayName, keyName } from "../../pipeline/foremanJobs";
import { allSteps, applyPlan, chosen, isDue, type Line, makePlan, type Plan } from "../../pipeline/plan";
import type { PipelineArgument } from "../manifest";
import { stepInWords, stepTitle } from "../pipeline/words";
import { tellDone, tellRefusal } from "../tell";
import type { Services } from "./services";
import { fleetOf } from "./target";

/** Shows what the pipeline that merges by itself would need, each as a diff; does what the person ticks. */
export async function setUpPipeline(services: Services, argument?: PipelineArgument): Promise<void> {
  const fleet = await fleetOf(services);
  const main = fleet?.snapshot.worktrees.find((each) => each.isMain && !each.bare);
  if (!fleet || !main) return;
  const { t } = vscode.l10n;
  const wishes = { source: { kind: "vendored" as const }, review: true, cli: services.program.cli };
  const branch = fleet.snapshot.target?.ref.split("/").at(-1) ?? "main";
  const looking = { location: vscode.ProgressLocation.Window, title: t("Looking at the repo") };
  const plan = await vscode.window.withProgress(looking, async () =>
    makePlan(main.path, branch, wishes, await lineOf(services, fleet)),
  );
  if (!plan.ok) return void tellRefusal(plan.refusal);
  const due = [...plan.value.files, ...(plan.value.github?.steps ?? [])].filter(isDue);
  if (due.length === 0) return void tellDone(t("The pipeline is set up. There is nothing to do."));
  const ids = argument ? new Set(argument.steps) : await pick(services, plan.value);
  if (!ids || ids.size === 0) return;
  const part = chosen(plan.value, ids);
  const applied = await applyPlan(part);
  if (!applied.ok) return void tellRefusal(applied.refusal);
  const written = part.files.filter(isDue);
  const workflow = written.find(({ id }) => id === "workflow");
  const next = workflow
    ? t(
        "Commit the files, and add the secret {0} for the review; for a gateway also the variable {1}.",
        keyName,
        gatewayName,
      )
    : written.length > 0
      ? t("Commit the files.")
      : "";
  const file = workflow ?? written[0];
  const open = file && {
    title: t("Open"),
    act: () => vscode.window.showTextDocument(vscode.Uri.file(path.join(main.path, file.path))),
  };
  void tellDone([t("The pipeline is set up as you ticked."), next].join(" ").trim(), ...(open ? [open] : []));
}

/** Null where GitHub cannot be asked now: then only files are planned. */
async function lineOf({ signIn }: Services, { snapshot }: Fleet): Promise<Line | null> {
  const { github } = snapshot;
  const client = github && (await signIn.connect(github.slug));
  return github && client && client !== "signed-out" ? { client, slug: github.slug } : null;
}

/** A list of what is due, ticked, with a button each that shows the change; undefined where the person turned away. */
async function pick(services: Services, { files, github }: Plan): Promise<ReadonlySet<string> | undefined> {
  const { t } = vscode.l10n;
  const diff = { iconPath: new vscode.ThemeIcon("diff"), tooltip: t("Show the change") };
  const list = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly id: string }>();
  const steps = [...files, ...(github?.steps ?? [])].filter(isDue);
  list.items = steps.map((step) => ({
    id: step.id,
    label: stepTitle(step.id, t),
    description: "path" in step ? step.path : "GitHub",
    detail: stepInWords(step, t),
    buttons: "path" in step ? [diff] : [],
  }));
  list.title = t("Set Up the Self-Merging Pipeline");
  list.placeholder = github
    ? t("What is ticked is written and set; admins may still pass")
    : t("What is ticked is written; sign in to GitHub for the settings there");
  list.canSelectMany = true;
  list.ignoreFocusOut = true;
  list.selectedItems = list.items;
  let close: (() => Promise<void>) | undefined;
  const owned = [
    list,
    list.onDidTriggerItemButton(async ({ item }) => {
      const step = files.find(({ id }) => id === item.id);
      await close?.();
      close = step && (await services.preview.show(step.path, step.before ?? "", step.after));
    }),
  ];
  const ids = await new Promise<ReadonlySet<string> | undefined>((resolve) => {
    owned.push(
      list.onDidAccept(() => resolve(new Set(list.selectedItems.map(({ id }) => id)))),
      list.onDidHide(() => resolve(undefined)),
    );
    list.show();
  });
  for (const each of owned) each.dispose();
  await close?.();
  return ids && new Set(allSteps.filter((id) => ids.has(id)));
}
