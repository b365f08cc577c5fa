import path from "node:path";
import * as vscode from "vscode";
import { mergeResult } from "../../losses/mergeResult";
import { blobUri } from "../editor/blobs";
import { lossOf } from "../editor/lossOf";
import type { LossArgument } from "../manifest";
import { visible } from "../markdown";
import { tellRefusal } from "../tell";
import { shortRef } from "../tree/row";
import type { Services } from "./services";

/** The target's file beside what it would be after the merge, of the worktree's files as they lie on disk. */
export async function showMerge(services: Services, argument?: LossArgument): Promise<void> {
  const found = await lossOf(services, argument);
  if (!found) return;
  const { fleet, worktree, check, mark } = found;
  const { deletion, base } = mark;
  const room = await services.editor.room();
  const paths = [...(deletion.headPath === null ? [] : [deletion.headPath]), deletion.path];
  const merged = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window }, () =>
    mergeResult(fleet.repo, worktree.path, check, paths),
  );
  if (!merged.ok) return tellRefusal(merged.refusal);
  const words = [visible(path.posix.basename(deletion.path)), shortRef(base.ref)] as const;
  const title = merged.value.isConflict
    ? vscode.l10n.t("{0}: {1} ↔ after the merge, in conflict", ...words)
    : vscode.l10n.t("{0}: {1} ↔ after the merge", ...words);
  await vscode.commands.executeCommand(
    "vscode.diff",
    blobUri(worktree.path, deletion.path, base.oid),
    await room.merged(worktree.path, merged.value),
    title,
    { preview: true },
  );
}
