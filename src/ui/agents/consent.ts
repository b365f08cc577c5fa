import * as vscode from "vscode";
import type { Repo } from "../../git/repo";
import { hasGeminiExtension, writeGeminiExtension } from "../../hooks/geminiExtension";
import { type Handed, handedTo } from "../../hooks/handed";
import { addState, readHooks } from "../../hooks/install";
import type { Services } from "../commands/services";
import { withoutLinks } from "../markdown";
import type { Offer } from "./choose";

/**
 * What makes an agent tell what it does, where the person wants that: asked once for each repo, and once more for Gemini,
 * whose hooks lie in the person's home. Null: they do not want it, or not now, or the agent has nothing to tell it with.
 */
export async function handedWithConsent(
  services: Services,
  repo: Repo,
  { id, label }: Pick<Offer, "id" | "label">,
): Promise<Handed | null> {
  const handed = handedTo(id, repo.commonDir);
  if (!handed) return null;
  const { state } = await readHooks(repo, services.program);
  const atHome = id === "gemini";
  if (state === null || (atHome && !(await hasGeminiExtension()))) {
    const ofRepo = `declined-state ${repo.commonDir}`;
    const declined = atHome ? "declined-state gemini" : ofRepo;
    if ([ofRepo, declined].some((key) => services.memory.get(key) === true)) return null;
    const question = atHome
      ? vscode.l10n.t("Let {0} tell Agent Foreman whether it works, waits for you or is idle?", label)
      : vscode.l10n.t("Let agents tell Agent Foreman whether they work, wait for you or are idle?");
    const answer = await ask(services, question, handed, detailOf(id, handed));
    if (answer === "no") await services.memory.update(declined, true);
    if (answer !== "yes") return null;
    await addState(repo, services.program);
  }
  if (atHome) await writeGeminiExtension();
  return handed;
}

function detailOf(agent: string, { where }: Handed): string {
  switch (agent) {
    case "gemini":
      return vscode.l10n.t(
        "Gemini takes hooks only from settings, which stay as they are, and from extensions, so one is put at {0}. Its hooks note a word at each step in sessions that are started from here, do nothing in any other, and can be taken away again with “Tell Agents Before They Push”.",
        where,
      );
    case "codex":
      return vscode.l10n.t(
        "Sessions that are started from here are handed hooks as arguments, beside your settings and the repo's, which stay as they are; Codex asks you itself whether they may run. They run {0}, which notes a word at each step, in no other session, and can be taken away again with “Tell Agents Before They Push”.",
        where,
      );
    default:
      return vscode.l10n.t(
        "Sessions that are started from here are handed hooks of their own, {0}, beside your settings and the repo's, which stay as they are. They note a word at each step, in no other session, and can be taken away again with “Tell Agents Before They Push”.",
        where,
      );
  }
}

async function ask(
  services: Services,
  question: string,
  { where, text }: Handed,
  detail: string,
): Promise<"yes" | "no" | "later"> {
  const yes = vscode.l10n.t("Yes");
  const show = vscode.l10n.t("Show What Is Written");
  const no = vscode.l10n.t("No");
  const options = { modal: true, detail: withoutLinks(detail) };
  const chosen = await vscode.window.showInformationMessage(withoutLinks(question), options, yes, show, no);
  if (chosen === yes) return "yes";
  if (chosen === no) return "no";
  if (chosen !== show) return "later";
  const close = await services.preview.show(where, "", text);
  const written = vscode.l10n.t("Write {0}?", where);
  const decided = await vscode.window.showInformationMessage(withoutLinks(written), yes, no);
  await close();
  return decided === yes ? "yes" : decided === no ? "no" : "later";
}
