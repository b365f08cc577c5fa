import type * as vscode from "vscode";
import type { Fleets } from "../fleets";
import type { FindingArgument } from "../manifest";
import type { EditorComments } from "./editorComments";
import type { Reviews } from "./reviews";

/** Findings at their lines in the editor; what draws them is read from disk once there is a repo. */
export class Comments implements vscode.Disposable {
  private drawn: EditorComments | null = null;
  private closed = false;
  private readonly waiting: vscode.Disposable;

  constructor(fleets: Fleets, reviews: Reviews) {
    this.waiting = fleets.onDidChange(() => {
      if (fleets.all.length === 0) return;
      this.waiting.dispose();
      void import("./editorComments").then(({ EditorComments }) => {
        if (!this.closed) this.drawn ??= new EditorComments(fleets, reviews);
      });
    });
  }

  /** What a comment's thread is about; null where it is none of ours. */
  aboutOf(thread: object): FindingArgument | null {
    return this.drawn?.aboutOf(thread) ?? null;
  }

  dispose(): void {
    this.closed = true;
    this.waiting.dispose();
    this.drawn?.dispose();
  }
}
