import path from "node:path";
import * as vscode from "vscode";

const scheme = "agent-foreman-preview";

/** Shows what a file would become beside what it is, in the editor's own diff; nothing is written. */
export class Preview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  private count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  /** Opens the diff; what it returns closes it again. */
  async show(file: string, before: string, after: string): Promise<() => Promise<void>> {
    this.count++;
    const [left, right] = [before, after].map((text, side) => {
      const uri = vscode.Uri.from({ scheme, path: file, query: `${this.count}.${side}` });
      this.texts.set(uri.toString(), text);
      return uri;
    });
    const title = vscode.l10n.t("{0}: what would be written", path.basename(file));
    await vscode.commands.executeCommand("vscode.diff", left, right, title, { preview: true });
    return async () => {
      for (const uri of [left, right]) if (uri) this.texts.delete(uri.toString());
      const isOurs = (tab: vscode.Tab) =>
        tab.input instanceof vscode.TabInputTextDiff && tab.input.modified.toString() === right?.toString();
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(isOurs);
      await vscode.window.tabGroups.close(tabs);
    };
  }

  /** Opens a text of ours, Markdown, to be read. */
  async read(title: string, markdown: string): Promise<void> {
    this.count++;
    const uri = vscode.Uri.from({ scheme, path: `/${title}.md`, query: String(this.count) });
    this.texts.set(uri.toString(), markdown);
    try {
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    } catch {
      // VS Code's own Markdown extension can be turned off.
      await vscode.window.showTextDocument(uri, { preview: true });
    }
  }

  dispose(): void {
    this.registered.dispose();
    this.texts.clear();
  }
}
