import path from "node:path";
import * as vscode from "vscode";
import type { GateArgument } from "../manifest";
import { donePage } from "../tree/done";
import type { Services } from "./services";
import { targetOf } from "./target";

/** Opens the place that a gate is red for; where that is in no file, the ticket, or the page of all gates. */
export async function openGate(services: Services, argument?: GateArgument): Promise<void> {
  const target = await targetOf(services, argument);
  const done = target?.worktree.done;
  if (!target || !done) return;
  const { gate } = argument ?? {};
  const place = done.gates.find(({ id }) => id === gate?.id)?.where[gate?.place ?? -1];
  const file = place?.path == null ? null : path.join(target.worktree.path, place.path);
  if (place && file !== null && (await isFile(file))) {
    const line = (place.line ?? 1) - 1;
    await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(file), {
      selection: new vscode.Range(line, 0, line, 0),
      preview: true,
    });
  } else if (place?.url !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(place.url));
  } else {
    const { t } = vscode.l10n;
    const title = t("Done: {0}", target.worktree.name);
    await services.preview.read(t("Done"), donePage(done, title, t));
  }
}

async function isFile(file: string): Promise<boolean> {
  const uri = vscode.Uri.file(file);
  const found = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => null);
  return found !== null && (found.type & vscode.FileType.File) !== 0;
}
