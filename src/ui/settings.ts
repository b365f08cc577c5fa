import * as vscode from "vscode";
import type { StaleLimit } from "../fleet/needsYou";
import { settings as known, type SettingName, type SettingTypes } from "./manifest";

/** A setting's value where it is needed; one of a wrong type counts as not set. */
function read<N extends SettingName>(name: N, scope?: vscode.Uri): SettingTypes[N] {
  const { id, default: fallback } = known[name];
  const value = vscode.workspace.getConfiguration(undefined, scope ?? null).get<unknown>(id);
  return isLike(value, fallback) ? value : fallback;
}

function isLike<T>(value: unknown, example: T): value is T {
  if (Array.isArray(example)) return Array.isArray(value) && value.every((each) => typeof each === "string");
  return typeof value === typeof example;
}

export const settings = {
  read,
  /** Of the person alone, whatever a workspace says. */
  ownCommand: (): readonly string[] => {
    const { id, default: none } = known.agentCommand;
    const own = vscode.workspace.getConfiguration().inspect<unknown>(id)?.globalValue;
    return isLike(own, none) ? own : none;
  },
  staleLimit: (): StaleLimit => ({ commits: read("staleBaseCommits") }),
};
