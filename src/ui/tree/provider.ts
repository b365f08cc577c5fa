import path from "node:path";
import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Worktree } from "../../model/worktree";
import type { Fleets, FleetsChange } from "../fleets";
import { commands } from "../manifest";
import { settings } from "../settings";
import type { Detail } from "./detail";
import { details } from "./details";
import { drawRow } from "./draw";
import { namesIn, twins } from "./names";
import { inOrder } from "./order";
import { presentWorktree } from "./presentWorktree";
import type { Scene } from "./row";

export type Node = RepoNode | WorktreeNode | DetailNode;

interface RepoNode {
  readonly kind: "repo";
  readonly fleet: Fleet;
}

/** What commands get from the tree; they read no more than `path`. */
export interface WorktreeNode {
  readonly kind: "worktree";
  readonly fleet: Fleet;
  readonly path: string;
}

interface DetailNode {
  readonly kind: "detail";
  readonly parent: WorktreeNode;
  /** The row that it is unfolded from; absent for those of the worktree itself. */
  readonly above?: DetailNode;
  readonly path: string;
  readonly row: Detail;
  /** What commands about a loss read. */
  readonly loss?: string;
  /** What commands about an overlap read. */
  readonly other?: string;
  /** What commands about a gate read. */
  readonly gate?: Detail["gate"];
}

/** The worktrees as a tree: a root for each repo where there are several, and for each worktree a node. */
export class WorktreesProvider implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private readonly repos = new Map<Fleet, RepoNode>();
  private readonly nodes = new Map<string, WorktreeNode>();
  /** The paths as they were last given to the editor, by repo. */
  private readonly drawn = new Map<Fleet, string>();

  constructor(private readonly fleets: Fleets) {}

  dispose(): void {
    this.changes.dispose();
  }

  /** Tells the editor to draw again what the change touches, and no more. */
  update(change: FleetsChange): void {
    if (!change) {
      this.repos.clear();
      this.nodes.clear();
      this.drawn.clear();
      this.changes.fire(undefined);
      return;
    }
    const { fleet } = change;
    const order = this.order(fleet).map((worktree) => worktree.path);
    if (this.drawn.get(fleet) !== order.join("\0")) {
      this.changes.fire(this.fleets.all.length > 1 ? this.repoNode(fleet) : undefined);
      return;
    }
    for (const each of change.change.changed) this.changes.fire(this.node(fleet, each));
  }

  /** Draws all again from what is known: ages have grown, or a setting changed. */
  redraw(): void {
    this.changes.fire(undefined);
  }

  /** Whether this window has the worktree open. */
  isCurrent({ snapshot }: Fleet, at: string): boolean {
    return currentWorktrees(snapshot.worktrees).has(at);
  }

  node(fleet: Fleet, at: string): WorktreeNode {
    const known = this.nodes.get(at);
    if (known?.fleet === fleet) return known;
    const node: WorktreeNode = { kind: "worktree", fleet, path: at };
    this.nodes.set(at, node);
    return node;
  }

  getParent(node: Node): Node | undefined {
    if (node.kind === "detail") return node.above ?? node.parent;
    return node.kind === "worktree" && this.fleets.all.length > 1 ? this.repoNode(node.fleet) : undefined;
  }

  getChildren(node?: Node): Node[] {
    if (!node) {
      const [only, ...others] = this.fleets.all;
      if (!only) return [];
      return others.length > 0 ? this.fleets.all.map((fleet) => this.repoNode(fleet)) : this.worktrees(only);
    }
    if (node.kind === "repo") return this.worktrees(node.fleet);
    if (node.kind === "detail")
      return (node.row.children ?? []).map((row) => ({ ...detailNode(node.parent, row), above: node }));
    const worktree = find(node);
    if (!worktree) return [];
    return details(worktree, this.scene(node.fleet)).map((row) => detailNode(node, row));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case "repo":
        return repoItem(node.fleet);
      case "detail":
        return detailItem(node);
      case "worktree": {
        const worktree = find(node);
        if (!worktree) return new vscode.TreeItem(path.basename(node.path));
        const row = presentWorktree(worktree, this.scene(node.fleet));
        return drawRow(node.path, row, vscode.TreeItemCollapsibleState.Collapsed);
      }
    }
  }

  private worktrees(fleet: Fleet): Node[] {
    const order = this.order(fleet).map((worktree) => worktree.path);
    this.drawn.set(fleet, order.join("\0"));
    return order.map((each) => this.node(fleet, each));
  }

  /** Where the main worktree is all there is, the view's welcome text says more than its one row. */
  private order(fleet: Fleet): Worktree[] {
    const { worktrees } = fleet.snapshot;
    if (this.fleets.all.length === 1 && worktrees.length < 2) return [];
    return inOrder(worktrees, settings.staleLimit());
  }

  private repoNode(fleet: Fleet): RepoNode {
    const node = this.repos.get(fleet) ?? { kind: "repo", fleet };
    this.repos.set(fleet, node);
    return node;
  }

  private scene({ snapshot }: Fleet): Scene {
    return {
      t: vscode.l10n.t,
      now: Date.now(),
      target: snapshot.target,
      complete: snapshot.complete,
      limit: settings.staleLimit(),
      current: currentWorktrees(snapshot.worktrees),
      twins: twins(snapshot.worktrees),
      names: namesIn(snapshot),
    };
  }
}

/** The worktrees that the opened folders lie in: of several that hold a folder, the innermost. */
function currentWorktrees(worktrees: readonly Worktree[]): ReadonlySet<string> {
  const current = new Set<string>();
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const holding = worktrees.filter(
      ({ path: top }) => uri.fsPath === top || uri.fsPath.startsWith(top + path.sep),
    );
    const [innermost] = holding.sort((a, b) => b.path.length - a.path.length);
    if (innermost) current.add(innermost.path);
  }
  return current;
}

function find(node: WorktreeNode): Worktree | undefined {
  return node.fleet.snapshot.worktrees.find((worktree) => worktree.path === node.path);
}

function detailNode(parent: WorktreeNode, row: Detail): DetailNode {
  return {
    kind: "detail",
    parent,
    path: parent.path,
    row,
    ...(row.loss === undefined ? {} : { loss: row.loss }),
    ...(row.other === undefined ? {} : { other: row.other }),
    ...(row.gate === undefined ? {} : { gate: row.gate }),
  };
}

function detailItem({ path: top, row, loss, other, gate }: DetailNode): vscode.TreeItem {
  const state = vscode.TreeItemCollapsibleState;
  const drawn = drawRow(`${top}\0${row.id}`, row, row.children ? state.Collapsed : state.None);
  if (row.opens) {
    const { id } = commands[row.opens];
    drawn.command = { command: id, title: row.label, arguments: [{ path: top, loss, other, gate }] };
  }
  return drawn;
}

function repoItem({ repo }: Fleet): vscode.TreeItem {
  const drawn = new vscode.TreeItem(path.basename(repo.dir), vscode.TreeItemCollapsibleState.Expanded);
  drawn.id = repo.commonDir;
  drawn.iconPath = new vscode.ThemeIcon("repo");
  drawn.tooltip = repo.dir;
  drawn.contextValue = ";repo;";
  return drawn;
}
