import { createHash } from "node:crypto";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { withGitEnvironment } from "./environment";
import type { Repo } from "./repo";

// What is kept to spare git reading files twice may not grow without end.
const mostBytes = 256 << 20;
const mostObjects = 4_000;

/**
 * A store of objects beside the repo's own, in a folder of ours. Files that agents are still editing are written here, where
 * it can be thrown away; in the repo it would lie about for weeks and set off git's housekeeping again and again.
 */
export class Aside {
  /** Counts how often all that was kept here was thrown away. */
  turn = 0;
  private users = 0;
  private closed = false;
  private folder: Promise<string> | null = null;
  /** Which version of a worktree's index ours was copied from, by worktree. */
  private readonly copied = new Map<string, string>();

  constructor(
    private readonly repo: Pick<Repo, "commonDir">,
    private readonly makeFolder: () => Promise<string>,
  ) {}

  /** Whatever git does inside `action` finds the repo's objects and these, and writes only here. */
  async use<T>(action: () => Promise<T>): Promise<T> {
    this.users++;
    try {
      this.folder ??= this.make();
      const env = { GIT_OBJECT_DIRECTORY: path.join(await this.folder, "objects") };
      return await withGitEnvironment(env, action);
    } finally {
      if (--this.users === 0) await (this.closed ? this.remove() : this.lighten());
    }
  }

  /** Removes the folder, once nobody uses it any more. Never fails: what stays is swept when this process is gone. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.users === 0) await this.remove();
  }

  /** Inside `use`: a file for a copy of the worktree's index, and the version of it that it was copied from last. */
  async index(top: string): Promise<{ readonly file: string; readonly from: string | null }> {
    this.folder ??= this.make();
    const name = createHash("sha256").update(top).digest("hex").slice(0, 16);
    return { file: path.join(await this.folder, `${name}.index`), from: this.copied.get(top) ?? null };
  }

  noteIndex(top: string, from: string): void {
    this.copied.set(top, from);
  }

  private async make(): Promise<string> {
    const folder = await this.makeFolder();
    const info = path.join(folder, "objects", "info");
    await mkdir(info, { recursive: true });
    const objects = path.join(this.repo.commonDir, "objects");
    await writeFile(path.join(info, "alternates"), `${quoted(objects)}\n`);
    return folder;
  }

  private async lighten(): Promise<void> {
    const folder = await this.folder?.catch(() => null);
    // Where it could not be made, the next one tries again.
    if (!folder) this.folder = null;
    if (!folder) return;
    const { objects, bytes } = await weigh(path.join(folder, "objects"));
    if (this.users === 0 && (objects > mostObjects || bytes > mostBytes)) await this.remove();
  }

  private async remove(): Promise<void> {
    const folder = this.folder;
    this.folder = null;
    this.turn++;
    this.copied.clear();
    const made = await folder?.catch(() => null);
    if (made) await rm(made, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

/** As git reads a path in `info/alternates`: also one that has a line break or begins like a comment. */
function quoted(file: string): string {
  return `"${file.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

async function weigh(folder: string): Promise<{ objects: number; bytes: number }> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(path.join(folder, name)).catch(() => null))?.size ?? 0),
  );
  return { objects: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
