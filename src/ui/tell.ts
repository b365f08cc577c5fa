import * as vscode from "vscode";
import type { Refusal } from "../model/outcome";
import { withoutLinks } from "./markdown";

/** A button of a message, and what it does. */
export interface Choice {
  readonly title: string;
  act(): unknown;
}

/** Says why something was not done, with what can be done instead as buttons. */
export async function tellRefusal(refusal: Refusal, ...choices: Choice[]): Promise<void> {
  const text = withoutLinks(`${refusal.message} ${refusal.hint}`.replaceAll("\n", " "));
  await offer(await vscode.window.showWarningMessage(text, ...choices.map(({ title }) => title)), choices);
}

/** Says that something was done, with what may come next as buttons. */
export async function tellDone(text: string, ...choices: Choice[]): Promise<void> {
  const titles = choices.map(({ title }) => title);
  await offer(await vscode.window.showInformationMessage(withoutLinks(text), ...titles), choices);
}

async function offer(chosen: string | undefined, choices: readonly Choice[]): Promise<void> {
  await choices.find(({ title }) => title === chosen)?.act();
}
