import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import { mainRemote, readRefs } from "../../git/refs";
import type { Outcome } from "../../model/outcome";
import type { RecoverDocument } from "../../model/recovery";
import type { Recovery } from "../../recovery/document";
import { readOpen } from "../../recovery/open";
import { pushRecovered } from "../../recovery/push";
import { recordsInPlace } from "../../worktrees/record";
import { createPull } from "../commands/createPull";
import { openInNewWindow } from "../commands/openInNewWindow";
import { runSetupCommand } from "../commands/runSetupCommand";
import type { Services } from "../commands/services";
import { type CommandName, commands } from "../manifest";
import { withCancel } from "../progress";
import { type Choice, tellDone, tellRefusal } from "../tell";
import { amount } from "../tree/losses";
import { openConflicts } from "./openConflicts";

/** Shows how a recovery stands after something was done about it, and what can be done next. */
export async function tellRecovery(
  services: Services,
  fleet: Fleet,
  branch: string,
  outcome: Outcome<Recovery>,
): Promise<void> {
  await fleet.refresh({ refs: true });
  if (!outcome.ok) {
    const isOpen = (await readOpen(fleet.repo)).some((each) => each.branch === branch);
    void tellRefusal(outcome.refusal, ...(isOpen ? [goOn(fleet, branch), abort(fleet, branch)] : []));
    return;
  }
  const { document } = outcome.value;
  if (document.worktree !== null) await services.view.reveal(fleet, document.worktree);
  if (document.state === "conflict") return tellConflict(fleet, branch, document);
  if (document.state === "done" && document.worktree !== null)
    return tellRecovered(services, fleet, document, document.worktree);
  const { t } = vscode.l10n;
  const text =
    document.state === "aborted"
      ? t("The recovery of {0} was taken back; {0} is as it was.", branch)
      : t("{0} has nothing that {1} has not: there is nothing to recover.", branch, document.onto.ref);
  void tellDone([text, ...document.notes].join(" "));
}

async function tellConflict(
  fleet: Fleet,
  branch: string,
  { worktree, conflicts, newBranch }: RecoverDocument,
): Promise<void> {
  const left = worktree === null ? conflicts.length : await openConflicts(worktree);
  const message =
    left > 0
      ? vscode.l10n.t("{0} conflicts in {1}.", branch, conflicts.slice(0, 3).join(", "))
      : vscode.l10n.t("{0} waits for you.", newBranch);
  const hint = vscode.l10n.t(
    "Settle it and stage the files (Complete Merge does both), then continue. {0} itself is not touched.",
    branch,
  );
  void tellRefusal(
    { code: "conflict", message, hint },
    goOn(fleet, branch),
    step(fleet, branch, "skipCommit", vscode.l10n.t("Skip This Commit")),
    abort(fleet, branch),
  );
}

async function tellRecovered(
  services: Services,
  fleet: Fleet,
  document: RecoverDocument,
  path: string,
): Promise<void> {
  const { branch, newBranch, onto, check, pushed, notes } = document;
  const { t } = vscode.l10n;
  const losses = check?.losses ?? [];
  const verdict =
    check === null
      ? t("What it would do to {0} could not be told.", onto.ref)
      : losses.length > 0
        ? t("{0} would still lose {1}.", onto.ref, amount(losses, t))
        : t("{0} would lose nothing.", onto.ref);
  const text = [
    pushed
      ? t("{0} is recovered as {1} and pushed.", branch, newBranch)
      : t("{0} is recovered as {1}.", branch, newBranch),
    verdict,
    ...notes,
  ].join(" ");
  const record = (await recordsInPlace(fleet.repo)).get(path);
  if (record) void runSetupCommand(services, fleet, record);
  const open = { title: t("Open"), act: () => openInNewWindow(services, { path }) };
  const pull = { title: t("Create Pull Request"), act: () => createPull(services, { path }) };
  const lossless = check !== null && losses.length === 0;
  const canPush = lossless && !pushed && mainRemote(await readRefs(fleet.repo)) !== null;
  const push = { title: t("Push"), act: () => pushNow(fleet, document) };
  void tellDone(
    text,
    ...(canPush ? [push] : []),
    ...(lossless && fleet.snapshot.github !== null ? [pull] : []),
    open,
  );
}

async function pushNow(fleet: Fleet, document: RecoverDocument): Promise<void> {
  const { t } = vscode.l10n;
  const outcome = await withCancel(t("Pushing {0}", document.newBranch), (signal) =>
    pushRecovered(fleet.repo, document, { signal }),
  );
  await fleet.refresh({ refs: true });
  if (outcome.ok) void tellDone(t("{0} is pushed.", document.newBranch));
  else void tellRefusal(outcome.refusal);
}

type Step = Extract<CommandName, "continueRecovery" | "skipCommit" | "abortRecovery">;

function step(fleet: Fleet, branch: string, command: Step, title: string): Choice {
  const argument = { repo: fleet.repo.commonDir, branch };
  return { title, act: () => vscode.commands.executeCommand(commands[command].id, argument) };
}

function goOn(fleet: Fleet, branch: string): Choice {
  return step(fleet, branch, "continueRecovery", vscode.l10n.t("Continue"));
}

function abort(fleet: Fleet, branch: string): Choice {
  return step(fleet, branch, "abortRecovery", vscode.l10n.t("Abort"));
}
