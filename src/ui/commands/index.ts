import * as vscode from "vscode";
import { type CommandArguments, type CommandName, commands } from "../manifest";
import { refresh } from "./refresh";
import type { Services } from "./services";

type Handlers = { [N in CommandName]: (services: Services, ...args: CommandArguments[N]) => unknown };

/** A verb each, and none forgotten: a command without a handler does not compile. */
const handlers: Handlers = {
  refresh,
  showLog: ({ log }) => log.show(),
};

export function registerCommands(services: Services): vscode.Disposable {
  const names = Object.keys(commands) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) => {
      const handler = handlers[name] as (services: Services, ...args: unknown[]) => unknown;
      return vscode.commands.registerCommand(commands[name].id, (...args: unknown[]) =>
        handler(services, ...args),
      );
    }),
  );
}
