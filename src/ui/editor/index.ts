import * as vscode from "vscode";
import type { Fleets } from "../fleets";
import type { Room } from "./room";

/** Losses in editors: read from disk and registered only once a worktree has any. */
export class EditorLosses implements vscode.Disposable {
  private opened: Promise<Room> | null = null;
  private disposed = false;
  private readonly following: vscode.Disposable[];

  constructor(
    private readonly fleets: Fleets,
    private readonly extensionUri: vscode.Uri,
  ) {
    this.following = [
      fleets.onDidChange(() => {
        if (this.hasSome()) void this.room();
      }),
      // Paths in open folders are called otherwise then.
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.close()),
    ];
  }

  /** Opens it, once; whoever needs it calls this. */
  async room(): Promise<Room> {
    this.opened ??= import("./room").then(({ openRoom }) => openRoom(this.fleets, this.extensionUri));
    const room = await this.opened;
    if (this.disposed) this.close();
    return room;
  }

  dispose(): void {
    this.disposed = true;
    for (const each of this.following) each.dispose();
    this.close();
  }

  private close(): void {
    void this.opened?.then((room) => room.dispose());
    this.opened = null;
  }

  private hasSome(): boolean {
    return this.fleets.all.some(({ snapshot }) =>
      snapshot.worktrees.some(({ check }) => check && check.losses.length + check.questions.length > 0),
    );
  }
}
