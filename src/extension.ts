import * as vscode from "vscode";
import { registerCommands } from "./ui/commands";
import { Fleets } from "./ui/fleets";
import { WorktreesView } from "./ui/tree/view";

/** Builds and registers; git is asked only when the view is looked at or a command is run. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Agent Foreman", { log: true });
  const fleets = new Fleets(log);
  const view = new WorktreesView(fleets);
  context.subscriptions.push(log, fleets, view, registerCommands({ fleets, view, log }));
}
