import * as vscode from "vscode";
import { settings as known, type SettingName, type SettingTypes } from "./manifest";
import type { StaleLimit } from "./tree/attention";

/** The person's settings, read when they are needed; a value of the wrong type counts as not set. */
function read<N extends SettingName>(name: N, scope?: vscode.Uri): SettingTypes[N] {
  const { id, default: fallback } = known[name];
  const value = vscode.workspace.getConfiguration(undefined, scope ?? null).get<unknown>(id);
  return (typeof value === typeof fallback ? value : fallback) as SettingTypes[N];
}

export const settings = {
  read,
  staleLimit: (): StaleLimit => ({ commits: read("staleBaseCommits") }),
};
