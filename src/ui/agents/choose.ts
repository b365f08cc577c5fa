import path from "node:path";
import * as vscode from "vscode";
import { installedAgents } from "../../agents/installed";
import { customAgent } from "../../agents/known";
import type { Startable } from "../../agents/launch";
import { visible } from "../markdown";
import { settings } from "../settings";

/** An agent that can be started here. */
export interface Offer {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly start: Startable;
}

/** Those that are found on this machine, and the person's own command where they have set one. */
export async function offers(): Promise<Offer[]> {
  const own = settings.ownCommand();
  const [program = ""] = own;
  const installed = await installedAgents();
  return [
    ...installed.map(({ id, label, command, file }) => ({
      id,
      label,
      description: command ?? "",
      start: { id, file },
    })),
    ...(program === ""
      ? []
      : [
          {
            id: customAgent,
            label: path.basename(program),
            description: vscode.l10n.t("your own command"),
            start: { command: own },
          },
        ]),
  ];
}

/** Has the person choose one; undefined when they leave it, or there is none. */
export async function chooseAgent(found: readonly Offer[], title: string): Promise<Offer | undefined> {
  const items = found.map((offer) => ({
    label: visible(offer.label),
    description: visible(offer.description),
    offer,
  }));
  const placeHolder = vscode.l10n.t("Who will work in it?");
  return (await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.offer;
}
