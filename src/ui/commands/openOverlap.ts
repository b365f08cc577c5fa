import path from "node:path";
import * as vscode from "vscode";
import type { SharedFile } from "../../model/overlap";
import { blobUri } from "../editor/blobs";
import type { OverlapArgument } from "../manifest";
import { visible } from "../markdown";
import { bothSides, type Other } from "./overlapTarget";
import type { Services } from "./services";

/** Shows the files that both change: the other's beside this worktree's, which can be edited. */
export async function openOverlap(services: Services, argument?: OverlapArgument): Promise<void> {
  const sides = await bothSides(services, argument);
  if (!sides) return;
  const { worktree, other } = sides;
  const overlap = worktree.overlaps?.find((each) => each.with === other.id && each.files.length > 0);
  if (!overlap) {
    void vscode.window.showInformationMessage(vscode.l10n.t("The two do not meet in any file any more."));
    return;
  }
  const pairs = await Promise.all(
    overlap.files.map(async (file) => ({
      file,
      mine: await onDisk(worktree.path, file.path),
      theirs: await theirFile(worktree.path, other, file),
    })),
  );
  const there = pairs.filter(({ mine, theirs }) => mine || theirs);
  const [only, ...more] = there;
  if (!only) return;
  const names = `${other.name} ↔ ${visible(worktree.name)}`;
  if (more.length > 0) {
    const resources = there.map(({ file, mine, theirs }) => [
      vscode.Uri.file(path.join(worktree.path, file.path)),
      theirs,
      mine,
    ]);
    await vscode.commands.executeCommand("vscode.changes", names, resources);
    return;
  }
  const { file, mine, theirs } = only;
  const [first] = file.ranges;
  const options = {
    preview: true,
    ...(first ? { selection: new vscode.Range(first[0] - 1, 0, first[0] - 1, 0) } : {}),
  };
  const title = `${visible(path.posix.basename(file.path))}: ${names}`;
  if (mine && theirs) await vscode.commands.executeCommand("vscode.diff", theirs, mine, title, options);
  else
    await vscode.commands.executeCommand("vscode.open", mine ?? theirs, mine ? options : { preview: true });
}

function theirFile(here: string, other: Other, file: SharedFile): Promise<vscode.Uri | undefined> {
  if (other.worktree) return onDisk(other.worktree.path, file.otherPath);
  const deleted = file.meeting === "deleted" && file.by === "other";
  return Promise.resolve(deleted || !other.pull ? undefined : blobUri(here, file.otherPath, other.pull.head));
}

/** Undefined where there is no such file, or it lies elsewhere: a tree may hold any name. */
async function onDisk(top: string, name: string): Promise<vscode.Uri | undefined> {
  const file = path.join(top, name);
  if (!file.startsWith(top + path.sep)) return undefined;
  const uri = vscode.Uri.file(file);
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return type & vscode.FileType.Directory ? undefined : uri;
  } catch {
    return undefined;
  }
}
