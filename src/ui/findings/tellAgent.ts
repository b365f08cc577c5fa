import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import type { SentFindings } from "../../review/send/send";
import { terminalOf } from "../agents/terminal";
import type { Target } from "../commands/target";
import type { Fleets } from "../fleets";
import { visible } from "../markdown";
import { type Choice, tellDone } from "../tell";
import { terminalsIn } from "../terminals";

/**
 * Tells the agent that its file is there: as its next prompt where it says itself that it waits for one. Where only the
 * person knows in which terminal that is, they are asked; one that waits for a yes or no is never typed into. What is
 * typed is one sentence of ours, which does nothing in a shell.
 */
export async function tellAgent(fleets: Fleets, { fleet }: Target, sent: SentFindings): Promise<void> {
  const { worktree, file, inWorktree, prompt } = sent;
  const { t } = vscode.l10n;
  await fleet.refresh({ agents: true });
  const run = fleets.find(worktree)?.worktree.run ?? null;
  const own = run && (await terminalOf(run));
  const openFile = {
    title: t("Open the File"),
    act: () => vscode.window.showTextDocument(vscode.Uri.file(file)),
  };
  if (own && run.state === "idle" && inWorktree) {
    await type(own, prompt);
    return tellDone(told(sent, own), openFile);
  }
  const others = inWorktree ? terminalsIn(worktree).filter((terminal) => terminal !== own) : [];
  const copy = { title: t("Copy the Prompt"), act: () => vscode.env.clipboard.writeText(prompt) };
  await tellDone(
    lies(sent),
    ...others.slice(0, 2).map(
      (terminal): Choice => ({
        title: t("Tell the Agent in {0}", visible(terminal.name)),
        act: () => type(terminal, prompt),
      }),
    ),
    ...(others.length === 0 ? [copy] : []),
    openFile,
  );
}

function told({ findings }: SentFindings, terminal: vscode.Terminal): string {
  const name = visible(terminal.name);
  return findings.length === 1
    ? vscode.l10n.t("One finding was sent to {0}.", name)
    : vscode.l10n.t("{0} findings were sent to {1}.", findings.length, name);
}

function lies({ findings, file }: SentFindings): string {
  return findings.length === 1
    ? vscode.l10n.t("One finding is in {0}, which git does not see.", visible(file))
    : vscode.l10n.t("{0} findings are in {1}, which git does not see.", findings.length, visible(file));
}

// What comes in one piece an agent takes for pasted text, the Enter at its end for one more line of it.
const pasteMs = 300;

async function type(terminal: vscode.Terminal, prompt: string): Promise<void> {
  terminal.show();
  terminal.sendText(prompt, false);
  await sleep(pasteMs);
  terminal.sendText("\r", false);
}
