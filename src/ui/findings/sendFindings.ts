import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import { openRepo } from "../../git/repo";
import type { Outcome } from "../../model/outcome";
import { type SentFindings, sendAccepted } from "../../review/send/send";
import type { Services } from "../commands/services";
import { targetOf } from "../commands/target";
import type { SendArgument } from "../manifest";
import { visible } from "../markdown";
import { tellDone, tellRefusal } from "../tell";
import { terminalsIn } from "../terminals";

/** Hands the accepted findings to the agent in the worktree, those that it has not got yet. */
export async function sendFindings(services: Services, argument?: SendArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const { path } = target.worktree;
  const sent = await send(path, argument?.again === true);
  if (sent.ok) return tell(sent.value);
  if (sent.refusal.code !== "sent-already") return void tellRefusal(sent.refusal);
  const again = vscode.l10n.t("Send Again");
  void tellRefusal(sent.refusal, {
    title: again,
    act: () => sendFindings(services, { path, again: true }),
  });
}

async function send(worktree: string, again: boolean): Promise<Outcome<SentFindings>> {
  const repo = await openRepo(worktree);
  return repo.ok ? sendAccepted(repo.value, { again }) : repo;
}

/**
 * Only the person knows in which terminal the agent waits for its next prompt. What is typed there is one sentence of
 * ours, which does nothing in a shell.
 */
function tell({ worktree, file, inWorktree, prompt, findings }: SentFindings): void {
  const { t } = vscode.l10n;
  const terminals = inWorktree ? terminalsIn(worktree) : [];
  const text =
    findings.length === 1
      ? t("One finding is in {0}, which git does not see.", visible(file))
      : t("{0} findings are in {1}, which git does not see.", findings.length, visible(file));
  void tellDone(
    text,
    ...terminals.slice(0, 2).map((terminal) => ({
      title: t("Tell the Agent in {0}", visible(terminal.name)),
      act: () => say(terminal, prompt),
    })),
    ...(terminals.length === 0
      ? [{ title: t("Copy the Prompt"), act: () => vscode.env.clipboard.writeText(prompt) }]
      : []),
    { title: t("Open the File"), act: () => vscode.window.showTextDocument(vscode.Uri.file(file)) },
  );
}

// What comes in one piece an agent takes for pasted text, the Enter at its end for one more line of it.
const pasteMs = 300;

async function say(terminal: vscode.Terminal, prompt: string): Promise<void> {
  terminal.show();
  terminal.sendText(prompt, false);
  await sleep(pasteMs);
  terminal.sendText("\r", false);
}
