import { chmod } from "node:fs/promises";
import * as vscode from "vscode";
import { readCheckedOut } from "../../git/checkedOut";
import type { Repo } from "../../git/repo";
import { readTreeEntry } from "../../git/treeEntry";
import { type LineEdit, restoreEdits } from "../../losses/restore/edits";
import { numbers } from "../../losses/restore/gaps";
import { placeInside, standsAt } from "../../worktrees/inside";
import { readBlobText } from "./blobs";
import type { Mark } from "./mark";
import { linesOf } from "./places";

/** How a restoration ended: with a document to look at (null: none can be shown), or with why not. */
export type Restored =
  | { readonly done: true; readonly uri: vscode.Uri | null; readonly line: number }
  /** `command`: git does it where an editor cannot. */
  | { readonly done: false; readonly why: string; readonly command: boolean };

/** How this window calls a file. */
export type UriOf = (file: string) => vscode.Uri;

/** Puts the lines back where they are missing, as one edit that can be undone; nothing is saved. */
export async function restoreLines(repo: Repo, mark: Mark, uriOf: UriOf): Promise<Restored> {
  const { deletion, base, worktree } = mark;
  const file = await placeInside(worktree.path, deletion.headPath ?? deletion.path);
  if (file === null) return notHere();
  const standing = await standsAt(file);
  if (standing === "other") return notPlain();
  if (standing === "nothing") return restoreFile(repo, mark, uriOf);
  const uri = uriOf(file);
  const [document, target, ...older] = await Promise.all([
    openText(uri),
    readBlobText(repo, base.oid, deletion.path, uri),
    ...deletion.introducedBy.map(({ oid }) => readBlobText(repo, `${oid}^1`, deletion.path, uri)),
  ]);
  if (!document || !("text" in target))
    return refuse(vscode.l10n.t("This file cannot be edited line by line here."), true);
  const edits = restoreEdits(
    linesOf(target.text),
    document.getText().split(/\r\n|\r|\n/),
    numbers(deletion.baseRanges),
    older.flatMap((read) => ("text" in read ? linesOf(read.text) : [])),
  );
  const [first] = edits;
  if (!first) return { done: true, uri, line: 0 };
  const edit = new vscode.WorkspaceEdit();
  for (const each of edits) replaceLines(edit, document, each);
  return (await vscode.workspace.applyEdit(edit)) ? { done: true, uri, line: first.from } : notEdited();
}

/** Makes the file what the target has, byte for byte where it is new; an edit or a creation that can be undone. */
export async function restoreFile(
  repo: Repo,
  { deletion, base, worktree }: Mark,
  uriOf: UriOf,
): Promise<Restored> {
  const file = await placeInside(worktree.path, deletion.headPath ?? deletion.path);
  if (file === null) return notHere();
  const [entry, standing] = await Promise.all([readTreeEntry(repo, base.oid, deletion.path), standsAt(file)]);
  if (!entry?.mode.startsWith("100") || standing === "other") return notPlain();
  const bytes = await readCheckedOut(worktree.path, base.oid, deletion.path);
  const uri = uriOf(file);
  const edit = new vscode.WorkspaceEdit();
  const isThere = standing === "file";
  const [document, text] = await Promise.all([isThere ? openText(uri) : null, decode(bytes, uri)]);
  if (document && text !== null) {
    edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  } else {
    if (hasUnsaved(uri)) return unsaved();
    if (isThere) edit.deleteFile(uri);
    edit.createFile(uri, { contents: bytes });
  }
  if (!(await vscode.workspace.applyEdit(edit))) return notEdited();
  if (!document && entry.mode === "100755" && process.platform !== "win32") await chmod(file, 0o755);
  return { done: true, uri: text === null ? null : uri, line: 0 };
}

/** Gives a file the name back that the target has for it. */
export async function restoreName({ deletion, worktree }: Mark, uriOf: UriOf): Promise<Restored> {
  const [from, to] = await Promise.all(
    [deletion.headPath ?? "", deletion.path].map((each) => placeInside(worktree.path, each)),
  );
  if (!from || !to) return notHere();
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(uriOf(from), uriOf(to), { overwrite: false });
  return (await vscode.workspace.applyEdit(edit)) ? { done: true, uri: uriOf(to), line: 0 } : notEdited();
}

/** Whether any editor, also one that is not for text, holds changes of a file that a new file would do away with. */
function hasUnsaved(uri: vscode.Uri): boolean {
  const isIt = (other: vscode.Uri) => other.toString() === uri.toString();
  const inTab = ({ isDirty, input }: vscode.Tab) =>
    isDirty &&
    (input instanceof vscode.TabInputText ||
      input instanceof vscode.TabInputCustom ||
      input instanceof vscode.TabInputNotebook) &&
    isIt(input.uri);
  return (
    vscode.workspace.textDocuments.some((document) => document.isDirty && isIt(document.uri)) ||
    vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(inTab))
  );
}

/** Null for what is no text. */
async function openText(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return null;
  }
}

async function decode(bytes: Buffer, uri: vscode.Uri): Promise<string | null> {
  try {
    return await vscode.workspace.decode(bytes, { uri });
  } catch {
    return null;
  }
}

function replaceLines(
  edit: vscode.WorkspaceEdit,
  document: vscode.TextDocument,
  { from, to, lines }: LineEdit,
): void {
  const text = lines.join("\n");
  if (to < document.lineCount) {
    edit.replace(document.uri, new vscode.Range(from, 0, to, 0), lines.length > 0 ? `${text}\n` : "");
  } else if (from === 0) {
    edit.replace(document.uri, new vscode.Range(0, 0, to, 0), text);
  } else {
    // After the last line, which does not end in a line break.
    edit.replace(
      document.uri,
      new vscode.Range(document.lineAt(from - 1).range.end, new vscode.Position(to, 0)),
      `\n${text}`,
    );
  }
}

function refuse(why: string, command: boolean): Restored {
  return { done: false, why, command };
}

function notHere(): Restored {
  return refuse(
    vscode.l10n.t("The way to this file leads through a link or out of the worktree, so it is left alone."),
    false,
  );
}

function notPlain(): Restored {
  return refuse(vscode.l10n.t("This is no plain file, so an editor cannot restore it."), true);
}

function unsaved(): Restored {
  return refuse(
    vscode.l10n.t("An editor holds changes of this file that are not saved. Save or discard them first."),
    false,
  );
}

function notEdited(): Restored {
  return refuse(vscode.l10n.t("The editor did not take the change; nothing was changed."), true);
}
