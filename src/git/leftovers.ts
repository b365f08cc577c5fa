import { type GitOptions, run, runBytes, runOk } from "./run";

/** Where to look: a folder that need not be a working worktree, compared with a commit by an index of its own. */
export interface Scene {
  readonly commonDir: string;
  readonly folder: string;
  readonly oid: string;
  /** A file that is written, and left to the caller to remove. */
  readonly indexFile: string;
}

export interface Leftovers {
  /** Files of the commit that lie there with another content. */
  readonly changed: readonly string[];
  /** Files that the commit does not have, ignored ones included; a repo inside ends in a slash. */
  readonly extra: readonly string[];
}

/** What lies in a folder that a checkout of the commit would not have put there. Missing files are no matter. */
export async function findLeftovers(scene: Scene): Promise<Leftovers> {
  const { args, options } = at(scene);
  await runOk(scene.folder, [...args, "read-tree", scene.oid], options);
  // Exit code 1 only says that some files differ.
  await run(scene.folder, [...args, "update-index", "-q", "--refresh"], options);
  const [changed, extra] = await Promise.all([
    runOk(scene.folder, [...args, "diff-files", "--name-only", "--diff-filter=MT", "-z"], options),
    runOk(scene.folder, [...args, "ls-files", "--others", "-z"], options),
  ]);
  return { changed: names(changed), extra: names(extra) };
}

/** A file as a checkout of the commit would write it, filters applied; null when it cannot be had. */
export async function checkedOutContent(scene: Scene, file: string): Promise<Buffer | null> {
  const { args, options } = at(scene);
  const command = [...args, "cat-file", "--filters", `${scene.oid}:${file}`];
  const { exitCode, stdout } = await runBytes(scene.folder, command, options);
  return exitCode === 0 ? stdout : null;
}

function at({ commonDir, folder, indexFile }: Scene): { args: string[]; options: GitOptions } {
  return {
    args: [`--git-dir=${commonDir}`, `--work-tree=${folder}`],
    options: { env: { GIT_INDEX_FILE: indexFile } },
  };
}

function names(text: string): string[] {
  return text.split("\0").filter((name) => name !== "");
}
