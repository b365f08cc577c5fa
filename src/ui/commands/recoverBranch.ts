import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { isBranchName } from "../../git/checkRefFormat";
import { mainRemote, type Refs, readRefs } from "../../git/refs";
import { done, type Outcome } from "../../model/outcome";
import type { Recovery } from "../../recovery/document";
import { planOnly } from "../../recovery/dryRun";
import type { RecoverRequest } from "../../recovery/prepare";
import { recoverBranch as recover } from "../../recovery/start";
import { refusingFaults } from "../../worktrees/expectedFaults";
import type { RecoverArgument } from "../manifest";
import { askWithoutFetch } from "../newWorktree/askWithoutFetch";
import { nameRefusals } from "../newWorktree/nameRefusals";
import { withCancel } from "../progress";
import { askPlan } from "../recovery/askPlan";
import { pullsOf } from "../recovery/landings";
import { newName } from "../recovery/newName";
import { type Source, sourceOf } from "../recovery/source";
import { tellRecovery } from "../recovery/tellRecovery";
import { settings } from "../settings";
import { tellRefusal } from "../tell";
import type { Services } from "./services";

/**
 * Takes what a stale branch has of its own to a clean branch off today's target: fetches, shows the plan, and does what the
 * person leaves ticked. Neither the branch nor its worktree is touched.
 */
export async function recoverBranch(services: Services, argument?: RecoverArgument): Promise<void> {
  const source = await sourceOf(services, argument);
  if (source) await recoverFrom(services, source, argument, new Set());
}

/** `gone`: names that turned out to be taken. */
async function recoverFrom(
  services: Services,
  { fleet, branch }: Source,
  argument: RecoverArgument | undefined,
  gone: ReadonlySet<string>,
): Promise<void> {
  const refs = await readRefs(fleet.repo);
  const isTaken = (name: string) => gone.has(name) || isIn(refs, name);
  const newBranch = argument?.as ?? newName(branch, isTaken);
  const asked = { branch, newBranch, ...usual(fleet) };
  const looked = await byPerson(fleet, asked, (request) => look(fleet, request));
  if (!looked) return;
  const { request, outcome } = looked;
  if (!outcome.ok || outcome.value.document.state === "empty")
    return tellRecovery(services, fleet, branch, outcome);
  const { document } = outcome.value;
  const scene = { pulls: await pullsOf(fleet.repo, document.commits), remote: mainRemote(refs) };
  const decided = argument?.as
    ? { push: argument.push === true }
    : await askPlan(document, scene, (name) => problemOf(fleet, name, isTaken));
  if (!decided) return;
  const title = vscode.l10n.t("Recovering {0}", branch);
  const ended = await byPerson(fleet, { ...request, ...decided }, (wanted) =>
    withCancel(title, (signal, onProgress) => recover(fleet.repo, wanted, { signal, onProgress })),
  );
  if (!ended) return;
  if (ended.outcome.ok || !nameRefusals.includes(ended.outcome.refusal.code))
    return tellRecovery(services, fleet, branch, ended.outcome);
  const act = () => {
    const names = new Set([...gone, ended.request.newBranch]);
    return recoverFrom(services, { fleet, branch }, undefined, names);
  };
  void tellRefusal(ended.outcome.refusal, { title: vscode.l10n.t("Choose Another Name"), act });
}

/** What the person set once for all new worktrees, and what GitHub said of merged pull requests. */
function usual(fleet: Fleet): Pick<RecoverRequest, "container" | "pulls"> {
  const container = settings.read("worktreesFolder", vscode.Uri.file(fleet.repo.dir));
  return { pulls: fleet.mergedPulls, ...(container ? { container } : {}) };
}

/** Fetches, and works out what would be done. */
async function look(fleet: Fleet, request: RecoverRequest): Promise<Outcome<Recovery>> {
  const { t } = vscode.l10n;
  const timeoutMs = settings.read("fetchTimeout", vscode.Uri.file(fleet.repo.dir)) * 1000;
  const words = {
    cancelled: t("The recovery was cancelled."),
    untouched: t("Nothing was changed."),
    begun: "",
  };
  return withCancel(t("Looking at {0}", request.branch), (signal, report) =>
    refusingFaults(signal, words, async () => {
      report(t("fetching"));
      const fetched = request.offline ? done(null) : await fleet.fetch({ timeoutMs, signal });
      if (!fetched.ok && fetched.refusal.code !== "no-remote") return fetched;
      await fleet.refresh({ refs: true });
      report(t("comparing its commits with the target"));
      return planOnly(fleet.repo, request, signal);
    }),
  );
}

/** Where the remote cannot be reached the person decides, knowing how old it is, what is gone on from. Null: nothing. */
async function byPerson(
  fleet: Fleet,
  request: RecoverRequest,
  action: (request: RecoverRequest) => Promise<Outcome<Recovery>>,
): Promise<{ request: RecoverRequest; outcome: Outcome<Recovery> } | null> {
  const outcome = await action(request);
  if (outcome.ok || !["fetch-failed", "fetch-timeout"].includes(outcome.refusal.code))
    return { request, outcome };
  const choice = await askWithoutFetch(fleet, outcome.refusal);
  if (choice === null) return null;
  return byPerson(fleet, choice === "known" ? { ...request, offline: true } : request, action);
}

/** Whether a branch of that name is here, or was on a remote when that was last fetched. */
function isIn({ oids, remotes }: Refs, name: string): boolean {
  const places = [`refs/heads/${name}`, ...remotes.map((remote) => `refs/remotes/${remote}/${name}`)];
  return places.some((ref) => oids.has(ref));
}

async function problemOf(
  fleet: Fleet,
  name: string,
  isTaken: (name: string) => boolean,
): Promise<string | null> {
  if (!(await isBranchName(fleet.repo, name))) return vscode.l10n.t("Git does not allow such a name.");
  return isTaken(name) ? vscode.l10n.t("There is already a branch {0}.", name) : null;
}
