import * as vscode from "vscode";
import { openRepo } from "../../git/repo";
import type { Outcome } from "../../model/outcome";
import { type SentFindings, sendAccepted } from "../../review/send/send";
import type { Services } from "../commands/services";
import { targetOf } from "../commands/target";
import type { SendArgument } from "../manifest";
import { tellRefusal } from "../tell";
import { tellAgent } from "./tellAgent";

/** Hands the accepted findings to the agent in the worktree, those that it has not got yet. */
export async function sendFindings(services: Services, argument?: SendArgument): Promise<void> {
  const target = await targetOf(services, argument);
  if (!target) return;
  const { path } = target.worktree;
  const sent = await send(path, argument?.again === true);
  if (sent.ok) return void tellAgent(services.fleets, target, sent.value);
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
