import { realpath } from "node:fs/promises";
import * as vscode from "vscode";
import type { MergedFile } from "../../losses/mergeResult";
import type { Fleets } from "../fleets";
import { anchorOf } from "./anchor";
import { Blobs, blobScheme } from "./blobs";
import { LossLenses } from "./codeLens";
import { Decorations } from "./decorations";
import { Diagnostics } from "./diagnostics";
import { LossHover } from "./hover";
import type { Mark } from "./mark";
import { type OpenedFolder, openedPath } from "./openedPath";
import { Places } from "./places";
import { LossFixes } from "./quickFixes";

/** Everything that shows losses in editors. */
export interface Room extends vscode.Disposable {
  /** How this window calls a file. */
  uriOf(file: string): vscode.Uri;
  /** Where a file is shown that a merge would make. */
  merged(worktree: string, file: MergedFile): Promise<vscode.Uri>;
  /** The document that shows where something is missing, and the line; 0-based. */
  placeOf(mark: Mark): { readonly uri: vscode.Uri; readonly line: number };
}

export async function openRoom(fleets: Fleets, extensionUri: vscode.Uri): Promise<Room> {
  const folders = await openedFolders();
  const uriOf = (file: string) => vscode.Uri.file(openedPath(file, folders));
  const places = new Places(fleets, uriOf);
  const blobs = new Blobs(fleets);
  const lenses = new LossLenses(places);
  const where = [{ scheme: "file" }, { scheme: blobScheme }];
  const owned = vscode.Disposable.from(
    blobs,
    places,
    new Diagnostics(places),
    new Decorations(places, extensionUri),
    lenses,
    vscode.languages.registerHoverProvider(where, new LossHover(places)),
    vscode.languages.registerCodeLensProvider(where, lenses),
    vscode.languages.registerCodeActionsProvider(where, new LossFixes(places), {
      providedCodeActionKinds: LossFixes.kinds,
    }),
  );
  return {
    uriOf,
    merged: (worktree, file) => blobs.merged(worktree, file),
    placeOf: (mark) => {
      const { uri, gaps } = places.of(mark);
      return { uri, line: gaps[0] ? anchorOf(gaps[0], Number.MAX_SAFE_INTEGER).line : 0 };
    },
    dispose: () => owned.dispose(),
  };
}

async function openedFolders(): Promise<OpenedFolder[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  return Promise.all(
    folders.map(async ({ uri: { fsPath: shown } }) => ({
      shown,
      real: await realpath(shown).catch(() => shown),
    })),
  );
}
