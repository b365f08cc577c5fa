import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { GitHub } from "../../github/client";
import type { Outcome } from "../../model/outcome";
import type { PullRequest, Slug } from "../../model/pull";
import { withoutLinks } from "../markdown";
import { tellRefusal } from "../tell";
import type { Services } from "./services";
import { targetOf } from "./target";

export interface PullTarget {
  readonly fleet: Fleet;
  readonly pull: PullRequest;
}

/** The pull request a command was called on: a row of its own, or a worktree's. Says so where there is none. */
export async function pullOf(services: Services, argument: unknown): Promise<PullTarget | null> {
  const named = alone(services, argument);
  if (named) return named;
  const target = await targetOf(services, argument);
  if (!target) return null;
  // Where nobody has looked yet, nothing was asked yet.
  if (!target.worktree.pull) await services.pulls.now(target.fleet);
  const pull = services.fleets.find(target.worktree.path)?.worktree.pull?.pull;
  if (pull) return { fleet: target.fleet, pull };
  void vscode.window.showInformationMessage(
    withoutLinks(vscode.l10n.t("{0} has no pull request that is known here.", target.worktree.name)),
  );
  return null;
}

function alone({ fleets }: Services, argument: unknown): PullTarget | null {
  if (typeof argument !== "object" || argument === null || !("repo" in argument) || !("number" in argument))
    return null;
  const fleet = fleets.all.find(({ repo }) => repo.commonDir === argument.repo);
  const pull = fleet?.snapshot.pulls.find((each) => each.pull.number === argument.number)?.pull;
  return fleet && pull ? { fleet, pull } : null;
}

/** A signed-in line to the repo's GitHub; where there is none, the person is offered to sign in. */
export async function lineOf(
  services: Services,
  fleet: Fleet,
): Promise<{ client: GitHub; slug: Slug } | null> {
  const { github } = fleet.snapshot;
  const client = github && (await services.signIn.connect(github.slug));
  if (github && client && client !== "signed-out") return { client, slug: github.slug };
  if (!github) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("This repo's remote is on no GitHub that is known here."),
    );
    return null;
  }
  if (!(await services.signIn.signIn(github.slug, false))) return null;
  return lineOf(services, fleet);
}

/** Has GitHub do something, shows what came of it, and says why where it was refused. True when it was done. */
export async function have(
  services: Services,
  fleet: Fleet,
  title: string,
  action: () => Promise<Outcome<unknown>>,
): Promise<boolean> {
  const location = vscode.ProgressLocation.Notification;
  const outcome = await vscode.window.withProgress({ location, title }, async () => {
    const result = await action();
    await services.pulls.now(fleet);
    return result;
  });
  if (!outcome.ok) void tellRefusal(outcome.refusal);
  return outcome.ok;
}
