import * as vscode from "vscode";
import { lossOf } from "../editor/lossOf";
import type { LossArgument } from "../manifest";
import type { Services } from "./services";

/** Opens the place where something is missing; a deleted file as the target has it. */
export async function openLoss(services: Services, argument?: LossArgument): Promise<void> {
  const found = await lossOf(services, argument);
  if (!found) return;
  const { placeOf } = await services.editor.room();
  const { uri, line } = placeOf(found.mark);
  await vscode.commands.executeCommand("vscode.open", uri, {
    selection: new vscode.Range(line, 0, line, 0),
    preview: true,
  });
}
