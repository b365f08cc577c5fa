import type * as vscode from "vscode";
import { registerCommands } from "./ui/commands";
import { Fleets } from "./ui/fleets";
import { openLog } from "./ui/log";
import { Preview } from "./ui/preview";
import { WorktreesView } from "./ui/tree/view";
import { Watch } from "./ui/watch/watch";

/** Builds and registers; git is asked only when the view is looked at or a command is run. */
export function activate(context: vscode.ExtensionContext): void {
  const log = openLog();
  const fleets = new Fleets(log.channel);
  const view = new WorktreesView(fleets);
  const watch = new Watch(fleets, view.view);
  const preview = new Preview();
  const verbs = registerCommands({ fleets, view, preview, log: log.channel });
  context.subscriptions.push(verbs, preview, watch, view, fleets, log);
}
