import path from "node:path";
import * as vscode from "vscode";
import type { Refusal } from "../../model/outcome";
import type { Worktree } from "../../model/worktree";
import { closeEditorsIn, unsavedIn } from "../editors";
import { visible } from "../markdown";
import type { Services } from "./services";

/** What is only in an editor nobody could bring back, and the editor would save it into a folder that is gone. */
export function unsavedRefusal({ path: folder, name }: Worktree): Refusal | null {
  const files = unsavedIn(folder).map(({ uri }) => visible(path.relative(folder, uri.fsPath)));
  if (files.length === 0) return null;
  return {
    code: "unsaved",
    message: vscode.l10n.t("{0} has files that are not saved: {1}.", visible(name), files.join(", ")),
    hint: vscode.l10n.t("Save them or close their editors, then remove it again."),
  };
}

/** Closes what this window shows of a worktree that is gone. */
export async function leave({ findings }: Services, folder: string): Promise<void> {
  findings.close(folder);
  await closeEditorsIn(folder);
}
