import * as vscode from "vscode";

/** A view that is a plain list: drawn anew as a whole. */
export abstract class ListProvider<Node> implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;

  dispose(): void {
    this.changes.dispose();
  }

  redraw(): void {
    this.changes.fire(undefined);
  }

  getChildren(node?: Node): Node[] {
    return node ? [] : this.nodes();
  }

  protected abstract nodes(): Node[];

  abstract getTreeItem(node: Node): vscode.TreeItem;
}
