import * as vscode from "vscode";
import { registerCommands } from "./ui/commands";
import { Fleets } from "./ui/fleets";
import { WorktreesView } from "./ui/tree/view";
import { Watch } from "./ui/watch/watch";

/** Builds and registers; git is asked only when the view is looked at or a command is run. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Agent Foreman", { log: true });
  const fleets = new Fleets(log);
  const view = new WorktreesView(fleets);
  const watch = new Watch(fleets, view.view);
  context.subscriptions.push(log, fleets, view, watch, registerCommands({ fleets, view, log }));
}
