import { stripVTControlCharacters } from "node:util";
import * as vscode from "vscode";
import { isDirty } from "../../fleet/needsYou";
import { checkItself, orderReview, type ReviewOrder } from "../../fleet/reviewOrder";
import type { Repo } from "../../git/repo";
import { done, type Outcome, type Refusal, refused } from "../../model/outcome";
import { colourOf } from "../../model/selfCheck";
import { otherThan } from "../../review/reviewers/choose";
import type { Reviewer } from "../../review/reviewers/reviewer";
import { type Reviewed, reviewCommit } from "../../review/run";
import type { Services } from "../commands/services";
import { type Target, targetOf } from "../commands/target";
import type { ReviewArgument } from "../manifest";
import { visible, withoutLinks } from "../markdown";
import { withCancel } from "../progress";
import { settings } from "../settings";
import { tellDone, tellRefusal } from "../tell";
import { gatewayEnvironment } from "./gateway";
import { findReviewers, pickReviewer } from "./pickReviewer";

const running = new Set<string>();

/** The repo's own checks, then a fresh reviewer; what it finds comes into the findings panel. */
export async function reviewChanges(services: Services, argument?: ReviewArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const { path } = target.worktree;
  if (running.has(path)) {
    void tellDone(vscode.l10n.t("{0} is being reviewed already.", visible(target.worktree.name)));
    return;
  }
  running.add(path);
  try {
    const repo = { ...target.fleet.repo, top: path };
    const order = await orderReview(repo, namesOf(target));
    if (!order.ok) return void tellRefusal(order.refusal);
    const reviewer = await pickReviewer(services, order.value.builder, argument?.reviewer);
    if (!reviewer) return;
    await services.findings.open(path);
    const outcome = await run(services, target, repo, order.value, reviewer);
    if (outcome.ok) tellReviewed(services, target, outcome.value);
    else explain(services, outcome.refusal, path);
  } finally {
    running.delete(path);
  }
}

function namesOf({ fleet, worktree }: Target): { head: string; base?: string } {
  const { target } = fleet.snapshot;
  return {
    head: worktree.branch === null ? (worktree.head ?? "HEAD") : `refs/heads/${worktree.branch}`,
    ...(target ? { base: target.ref.replace(/^refs\/(heads|remotes)\//, "") } : {}),
  };
}

async function run(
  services: Services,
  { worktree, fleet }: Target,
  repo: Repo,
  order: ReviewOrder,
  reviewer: Reviewer,
): Promise<Outcome<Reviewed>> {
  const scope = vscode.Uri.file(repo.dir);
  const title = vscode.l10n.t("Reviewing {0}", visible(worktree.name));
  return withCancel(title, async (signal, report) => {
    const go = await selfCheck(services, repo, order, signal, report);
    if (!go.ok) return go;
    const others = (await findReviewers()).filter(({ reads }) => reads);
    report(vscode.l10n.t("{0} reads the change…", reviewer.label));
    const reviewed = await reviewCommit(repo, {
      ...order,
      reviewer,
      refuter: settings.read("reviewRefute", scope) ? (otherThan(reviewer.id, others) ?? reviewer) : null,
      limits: {
        timeoutMs: settings.read("reviewTimeout", scope) * 60_000,
        maxCostUsd: settings.read("reviewMaxCost", scope),
      },
      env: { ...process.env, ...(await gatewayEnvironment(services.secrets)) },
      signal,
      onProgress: (who, step) => report(visible(`${who}: ${step}`).slice(0, 120)),
    });
    void fleet.refresh({});
    return reviewed;
  });
}

/** Goes on where the checks are not red, or where the person says so. */
async function selfCheck(
  { log }: Services,
  repo: Repo,
  order: ReviewOrder,
  signal: AbortSignal,
  report: (step: string) => void,
): Promise<Outcome<null>> {
  const checked = await checkItself(repo, order, {
    signal,
    onStart: ({ name, command }) => {
      log.info(`${name}: ${command.join(" ")}`);
      report(vscode.l10n.t("{0} runs…", visible(name)));
    },
    onOutput: (text) => log.append(stripVTControlCharacters(text)),
  });
  if (!checked.ok) return checked;
  const { check } = checked.value;
  if (!check || colourOf(check) !== "red") return done(null);
  const red = check.parts.filter(({ state }) => state === "failed" || state === "timeout");
  return (await askDespiteRed(red.map(({ name }) => name).join(", "), log))
    ? done(null)
    : refused("cancelled", "The checks are red.", "It counts as not reviewed.");
}

async function askDespiteRed(names: string, log: vscode.LogOutputChannel): Promise<boolean> {
  const [anyway, show] = [vscode.l10n.t("Review Anyway"), vscode.l10n.t("Show Output")];
  const text = vscode.l10n.t("The branch's own checks are red: {0}. It was not reviewed.", visible(names));
  const chosen = await vscode.window.showWarningMessage(withoutLinks(text), anyway, show);
  if (chosen === show) log.show();
  return chosen === anyway;
}

function tellReviewed(services: Services, { worktree }: Target, { run, notRefuted }: Reviewed): void {
  const { invented = 0, costUsd } = run;
  const found =
    run.findings === 1
      ? vscode.l10n.t("{0} found one thing in {1}.", run.reviewer, visible(worktree.name))
      : vscode.l10n.t("{0} found {1} things in {2}.", run.reviewer, run.findings, visible(worktree.name));
  const left =
    invented === 0 ? "" : vscode.l10n.t("{0} left out: the code that they speak of is not there.", invented);
  const cost = costUsd == null ? "" : vscode.l10n.t("It cost {0} US dollars.", costUsd.toFixed(2));
  const rest = isDirty(worktree) ? vscode.l10n.t("What is not committed was not reviewed.") : "";
  const open = { title: vscode.l10n.t("Show Findings"), act: () => services.findings.open(worktree.path) };
  void tellDone([found, left, rest, cost, visible(notRefuted ?? "")].filter(Boolean).join(" "), open);
}

function explain(services: Services, refusal: Refusal, path: string): void {
  // The person has just decided it.
  if (refusal.code === "cancelled") return;
  const again = {
    title: vscode.l10n.t("Choose Another Reviewer"),
    act: () => reviewChanges(services, { path }),
  };
  const shown = { ...refusal, message: visible(refusal.message) };
  void (refusal.code.startsWith("reviewer-") || refusal.code === "bad-findings"
    ? tellRefusal(shown, again)
    : tellRefusal(shown));
}
