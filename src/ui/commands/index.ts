import * as vscode from "vscode";
import { importFindings } from "../findings/importFindings";
import { openFindings } from "../findings/openFindings";
import { type CommandArguments, type CommandName, commands } from "../manifest";
import { copyBranch, copyPath } from "./copy";
import { fetchTarget } from "./fetchTarget";
import { lockWorktree } from "./lockWorktree";
import { newWorktree } from "./newWorktree";
import { openInNewWindow } from "./openInNewWindow";
import { openTerminal } from "./openTerminal";
import { refresh } from "./refresh";
import { removeMerged } from "./removeMerged";
import { removeWorktree } from "./removeWorktree";
import { repairMissing } from "./repairMissing";
import { revealInOS } from "./revealInOS";
import type { Services } from "./services";
import { showChanges } from "./showChanges";
import { showSetupLog } from "./showSetupLog";
import { undoRemove } from "./undoRemove";
import { unlockWorktree } from "./unlockWorktree";
import { writeClaudeSettings } from "./writeClaudeSettings";

type Handlers = {
  [N in CommandName]: (services: Services, ...args: CommandArguments[N]) => Promise<unknown>;
};

/** A verb each, and none forgotten: a command without a handler does not compile. */
const handlers: Handlers = {
  newWorktree,
  refresh,
  fetchTarget,
  removeMerged,
  undoRemove,
  writeClaudeSettings,
  showLog: async ({ log }) => log.show(),
  openInNewWindow,
  openTerminal,
  showChanges,
  showSetupLog,
  revealInOS,
  copyPath,
  copyBranch,
  lockWorktree,
  unlockWorktree,
  removeWorktree,
  repairMissing,
  openFindings,
  importFindings,
};

export function registerCommands(services: Services): vscode.Disposable {
  const names = Object.keys(commands) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) => {
      const handler = handlers[name] as (services: Services, ...args: unknown[]) => Promise<unknown>;
      return vscode.commands.registerCommand(commands[name].id, async (...args: unknown[]) => {
        try {
          return await handler(services, ...args);
        } catch (error) {
          void tellUnexpected(services, name, error);
          return undefined;
        }
      });
    }),
  );
}

/** Expected failures never come here; what does is a fault of ours or of the machine, and the log has it whole. */
async function tellUnexpected({ log }: Services, name: CommandName, error: unknown): Promise<void> {
  log.error(`${commands[name].id}:`, error instanceof Error ? error : String(error));
  const showLog = vscode.l10n.t("Show Log");
  const message = error instanceof Error ? error.message : String(error);
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t("That failed unexpectedly: {0}", message),
    showLog,
  );
  if (chosen === showLog) log.show();
}
