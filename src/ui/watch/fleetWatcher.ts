import { type Dirent, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { Fleet, RefreshRequest } from "../../fleet";
import { mergeRequests } from "../../fleet/change";
import { Batch } from "./batch";
import { heavyFolders, type Touched, touchedInFolders, touchedInGit } from "./classify";

// Beyond this many, the deeper folders go unwatched and are looked at when git writes or the window comes back.
const mostFolders = 500;

// Below the common git directory; the first three hold folders themselves.
const gitFolders: Readonly<Record<string, string>> = {
  refs: "**",
  reftable: "**",
  worktrees: "**",
  "agent-foreman": "*",
  "agent-foreman/recoveries": "*",
  "agent-foreman/review": "**",
  "agent-foreman/checks": "*",
};

/**
 * Watches one repo: what git writes, and the folders of its worktrees. Refreshes what a change touches; while nobody
 * looks, what was touched is only remembered.
 */
export class FleetWatcher implements vscode.Disposable {
  private readonly batch: Batch;
  /** By folder: those of git, the worktrees' own, and the ones right below those. */
  private readonly folders = new Map<string, vscode.Disposable>();
  /** Those of git, which stay as long as this. */
  private readonly gitFolders = new Set<string>();
  private readonly following: { dispose(): void };
  private disposed = false;
  private missed: RefreshRequest | null = null;

  constructor(
    private readonly fleet: Fleet,
    private readonly isSeen: () => boolean,
  ) {
    this.batch = new Batch((request) => this.refresh(request));
    this.following = fleet.onChange(() => this.followWorktrees());
    this.followGit();
    this.followWorktrees();
  }

  dispose(): void {
    this.disposed = true;
    this.batch.dispose();
    this.following.dispose();
    for (const each of this.folders.values()) each.dispose();
    this.folders.clear();
  }

  /** Somebody looks again. */
  catchUp(): void {
    if (this.missed) this.batch.add(this.missed);
    this.missed = null;
  }

  private add(request: RefreshRequest): void {
    if (this.isSeen()) this.batch.add(request);
    else this.missed = this.missed ? mergeRequests(this.missed, request) : request;
  }

  private async refresh(request: RefreshRequest): Promise<void> {
    // Status cannot tell that a folder is gone; the list of worktrees can.
    const gone = request.paths?.some((each) => !isFolder(each));
    await this.fleet.refresh(gone ? { ...request, refs: true } : request);
  }

  private followGit(): void {
    const { commonDir } = this.fleet.repo;
    const onFile = (file: string) => {
      followBelow(path.relative(commonDir, file).replaceAll(path.sep, "/"));
      this.take(touchedInGit(commonDir, file), file);
    };
    const followBelow = (name: string) => {
      const folder = path.join(commonDir, name);
      const pattern = gitFolders[name];
      if (pattern === undefined || this.gitFolders.has(folder) || !isFolder(folder)) return;
      this.gitFolders.add(folder);
      this.folders.set(folder, watch(folder, pattern, onFile));
    };
    this.gitFolders.add(commonDir);
    this.folders.set(
      commonDir,
      watch(commonDir, "*", (file) => {
        if (path.basename(file) === "index") this.add({ paths: this.mainPaths() });
        else onFile(file);
      }),
    );
    for (const name of Object.keys(gitFolders)) followBelow(name);
  }

  private mainPaths(): string[] {
    return this.fleet.snapshot.worktrees.filter((each) => each.isMain).map((each) => each.path);
  }

  private take(touched: Touched, file: string): void {
    switch (touched?.kind) {
      case "refs":
        this.add({ refs: true });
        break;
      case "agents":
        // An agent that waits for a person is told of, whether somebody looks or not; and it costs next to nothing.
        this.batch.add({ agents: true });
        break;
      case "files":
        this.add({ paths: [touched.path] });
        break;
      case "index":
        void this.takeIndex(path.dirname(file));
        break;
    }
  }

  /** An index lies beside `gitdir`, which names the worktree it is of. */
  private async takeIndex(adminDir: string): Promise<void> {
    try {
      const dotGit = (await readFile(path.join(adminDir, "gitdir"), "utf8")).trim();
      this.add({ paths: [path.dirname(path.resolve(adminDir, dotGit))] });
    } catch {
      this.add({ refs: true }); // removed meanwhile
    }
  }

  private followWorktrees(): void {
    const tops = this.fleet.snapshot.worktrees.filter((each) => !each.missing && !each.bare);
    const wanted = new Set(tops.map((each) => each.path));
    for (const folder of this.folders.keys()) {
      if (this.gitFolders.has(folder) || wanted.has(folder) || wanted.has(path.dirname(folder))) continue;
      this.unfollow(folder);
    }
    for (const top of wanted) if (!this.folders.has(top)) void this.followTop(top);
  }

  /** The folder itself, and those below it one by one, so that the heavy ones cost nothing. */
  private async followTop(top: string): Promise<void> {
    const onFile = (file: string) => this.takeFile(file);
    this.folders.set(
      top,
      watch(top, "*", (file, isNew) => {
        // A watcher dies with its folder, also where another of the same name takes its place.
        if (isNew || !isFolder(file)) this.unfollow(file);
        if (isFolder(file)) this.followFolder(file, onFile);
        onFile(file);
      }),
    );
    let entries: Dirent[] = [];
    try {
      entries = await readdir(top, { withFileTypes: true });
    } catch {
      // gone meanwhile; the list of worktrees will tell
    }
    for (const entry of entries)
      if (entry.isDirectory()) this.followFolder(path.join(top, entry.name), onFile);
  }

  private followFolder(folder: string, onFile: (file: string) => void): void {
    if (this.disposed || this.folders.size >= mostFolders || this.folders.has(folder)) return;
    if (heavyFolders.has(path.basename(folder)) || !this.folders.has(path.dirname(folder))) return;
    this.folders.set(folder, watch(folder, "**", onFile));
  }

  private unfollow(folder: string): void {
    this.folders.get(folder)?.dispose();
    this.folders.delete(folder);
  }

  private takeFile(file: string): void {
    const tops = this.fleet.snapshot.worktrees.map((each) => each.path);
    this.take(touchedInFolders(tops, file), file);
  }
}

function watch(
  folder: string,
  pattern: string,
  onFile: (file: string, isNew: boolean) => void,
): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(folder), pattern),
  );
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate((uri) => onFile(uri.fsPath, true)),
    watcher.onDidChange((uri) => onFile(uri.fsPath, false)),
    watcher.onDidDelete((uri) => onFile(uri.fsPath, false)),
  );
}

function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    return false;
  }
}
