import * as vscode from "vscode";
import { type CommandName, commands } from "../manifest";
import { withoutLinks } from "../markdown";
import type { Services } from "./services";

export function registerCommands(services: Services): vscode.Disposable {
  const names = Object.keys(commands) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commands[name].id, async (...args: unknown[]) => {
        try {
          // What the verbs need is read from disk when the first one is used.
          const { handlers } = await import("./handlers");
          const handler = handlers[name] as (services: Services, ...args: unknown[]) => Promise<unknown>;
          return await handler(services, ...args);
        } catch (error) {
          void tellUnexpected(services, name, error);
          return undefined;
        }
      }),
    ),
  );
}

/** Expected failures never come here; what does is a fault of ours or of the machine, and the log has it whole. */
async function tellUnexpected({ log }: Services, name: CommandName, error: unknown): Promise<void> {
  log.error(`${commands[name].id}:`, error instanceof Error ? error : String(error));
  const showLog = vscode.l10n.t("Show Log");
  const message = error instanceof Error ? error.message : String(error);
  const chosen = await vscode.window.showErrorMessage(
    withoutLinks(vscode.l10n.t("That failed unexpectedly: {0}", message)),
    showLog,
  );
  if (chosen === showLog) log.show();
}
