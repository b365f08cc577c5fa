import { isUtf8 } from "node:buffer";
import path from "node:path";
import * as vscode from "vscode";
import { readBlobs } from "../../git/catFile";
import { latin1 } from "../../git/quoted";
import type { Repo } from "../../git/repo";
import { type MergedFile, mostShown } from "../../losses/mergeResult";
import type { Oid } from "../../model/worktree";
import type { Fleets } from "../fleets";

/** Documents of ours: files as a commit has them, or as a merge would make them. */
export const blobScheme = "agent-foreman-blob";

/** A file as git has it; or why there is no text to show. */
export type BlobText = { readonly text: string } | { readonly why: "absent" | "binary" | "large" };

/** Where a file of a worktree is shown as a commit has it. */
export function blobUri(worktree: string, file: string, commit: Oid): vscode.Uri {
  return vscode.Uri.file(path.join(worktree, file)).with({ scheme: blobScheme, query: commit });
}

/** Reads a file of a commit; what is no UTF-8 is read in the encoding that the file at `uri` has. */
export async function readBlobText(
  repo: Repo,
  commit: string,
  file: string,
  uri: vscode.Uri,
): Promise<BlobText> {
  const name = `${commit}:${latin1(file)}`;
  const bytes = (await readBlobs(repo, [name], mostShown)).get(name);
  if (bytes === undefined) return { why: "large" };
  return bytes === null ? { why: "absent" } : decodeBlob(bytes, uri);
}

async function decodeBlob(bytes: Buffer, uri: vscode.Uri): Promise<BlobText> {
  // Git keeps as UTF-8 what a checkout writes in another encoding, and that one is what the editor knows.
  if (isUtf8(bytes) && !bytes.includes(0)) return { text: bytes.toString("utf8").replace(/^\ufeff/, "") };
  try {
    return { text: await vscode.workspace.decode(bytes, { uri }) };
  } catch {
    return { why: "binary" };
  }
}

/** In the place of a text. */
function inWords(why: "absent" | "binary" | "large"): string {
  // Where the merge leaves no such file, its side of the comparison is empty.
  if (why === "absent") return "";
  return why === "binary"
    ? vscode.l10n.t("This file is not text.")
    : vscode.l10n.t("This file is too large to be shown here.");
}

/** Shows them; only for repos that are open here, whatever an address says. */
export class Blobs implements vscode.TextDocumentContentProvider, vscode.Disposable {
  /** Files that are in no commit, by address. */
  private readonly texts = new Map<string, string>();
  private readonly owned = [
    vscode.workspace.registerTextDocumentContentProvider(blobScheme, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
  ];
  private count = 0;

  constructor(private readonly fleets: Fleets) {}

  dispose(): void {
    for (const each of this.owned) each.dispose();
  }

  /** Where a file is shown that a merge would make. */
  async merged(worktree: string, { path: file, content }: MergedFile): Promise<vscode.Uri> {
    this.count++;
    const real = vscode.Uri.file(path.join(worktree, file));
    const uri = real.with({ scheme: blobScheme, query: `merged ${this.count}` });
    const read = typeof content === "string" ? { why: content } : await decodeBlob(content, real);
    this.texts.set(uri.toString(), "text" in read ? read.text : inWords(read.why));
    return uri;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const kept = this.texts.get(uri.toString());
    if (kept !== undefined) return kept;
    const commit = /^[0-9a-f]{40}([0-9a-f]{24})?$/.exec(uri.query)?.[0];
    const place = this.find(uri.fsPath);
    if (commit === undefined || !place) return vscode.l10n.t("This is not known any more.");
    const read = await readBlobText(place.repo, commit, place.file, vscode.Uri.file(uri.fsPath));
    if ("text" in read) return read.text;
    // What would go is in that commit: an empty text would say that there is nothing.
    return read.why === "absent" ? vscode.l10n.t("This is not known any more.") : inWords(read.why);
  }

  private find(file: string): { readonly repo: Repo; readonly file: string } | null {
    let found: { repo: Repo; top: string } | null = null;
    for (const { repo, snapshot } of this.fleets.all)
      for (const worktree of snapshot.worktrees) {
        const top = vscode.Uri.file(worktree.path).fsPath;
        if (file.startsWith(top + path.sep) && top.length > (found?.top.length ?? 0)) found = { repo, top };
      }
    if (!found) return null;
    return { repo: found.repo, file: path.relative(found.top, file).split(path.sep).join("/") };
  }
}
