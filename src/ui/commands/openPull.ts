import * as vscode from "vscode";
import type { PullArgument } from "../manifest";
import { pullOf } from "./pullTarget";
import type { Services } from "./services";

export async function openPull(services: Services, argument?: PullArgument): Promise<void> {
  const target = await pullOf(services, argument);
  if (target) await vscode.env.openExternal(vscode.Uri.parse(target.pull.url, true));
}

export async function copyPullLink(services: Services, argument?: PullArgument): Promise<void> {
  const target = await pullOf(services, argument);
  if (target) await vscode.env.clipboard.writeText(target.pull.url);
}
