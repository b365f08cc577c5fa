import * as vscode from "vscode";
import type { Repo } from "../../git/repo";
import { stateSettingsFile } from "../../hooks/home";
import { addState, readHooks } from "../../hooks/install";
import { stateSettings } from "../../hooks/state";
import type { Services } from "../commands/services";
import { withoutLinks } from "../markdown";

/**
 * The settings that make Claude Code tell what it does, where the person wants that; asked once for each repo. Null:
 * they do not, or not now.
 */
export async function stateSettingsOf(services: Services, repo: Repo): Promise<string | null> {
  const { state } = await readHooks(repo, services.program);
  const declined = `declined-state ${repo.commonDir}`;
  if (state !== null || services.memory.get(declined) === true) return state;
  const answer = await ask(services, stateSettingsFile(repo.commonDir), stateSettings(repo.commonDir));
  if (answer === "no") await services.memory.update(declined, true);
  if (answer !== "yes") return null;
  await addState(repo, services.program);
  return stateSettingsFile(repo.commonDir);
}

async function ask(services: Services, file: string, text: string): Promise<"yes" | "no" | "later"> {
  const yes = vscode.l10n.t("Yes");
  const show = vscode.l10n.t("Show What Is Written");
  const no = vscode.l10n.t("No");
  const question = vscode.l10n.t(
    "Let Claude Code tell Agent Foreman whether it works, waits for you or is idle?",
  );
  const detail = vscode.l10n.t(
    "Sessions that are started from here are handed a settings file of their own, {0}, beside your settings and the repo's, which stay as they are. Its hooks note a word at each step, in no other session, and can be taken away again with “Tell Agents Before They Push”.",
    file,
  );
  const options = { modal: true, detail: withoutLinks(detail) };
  const chosen = await vscode.window.showInformationMessage(withoutLinks(question), options, yes, show, no);
  if (chosen === yes) return "yes";
  if (chosen === no) return "no";
  if (chosen !== show) return "later";
  const close = await services.preview.show(file, "", text);
  const written = vscode.l10n.t("Write {0}?", file);
  const decided = await vscode.window.showInformationMessage(withoutLinks(written), yes, no);
  await close();
  return decided === yes ? "yes" : decided === no ? "no" : "later";
}
